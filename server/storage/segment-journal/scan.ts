import type { PositionedRecord } from '../journal.ts';
import { openBatch } from '../batches/index.ts';
import { hashBatch } from './batch.ts';
import {
  BATCH_HEADER_BYTES,
  batchBytes,
  decodeBatchHeader,
  isWholeBatch,
  isZero,
  SECTOR_BYTES,
  type BatchHeader,
} from './layout.ts';

/** So many zeros at the end of a sector are where a write was cut: encrypted bytes end so once in 2⁶⁴ times. */
const CUT_BYTES = 8;

/** Where the next batch belongs: its number, its first position, and the hash it must name as its predecessor. */
export interface Chain {
  batch: number;
  position: number;
  hash: Buffer;
}

interface FoundBatch {
  header: BatchHeader;
  offset: number;
  records: PositionedRecord[];
}

export type ScanEnd =
  /** Nothing was written here. */
  | { kind: 'end'; offset: number }
  /** A flush that a crash cut short: it was never acknowledged. */
  | { kind: 'torn'; offset: number }
  | { kind: 'damaged'; offset: number; readableFrom: number | null };

/**
 * Reads the batches from `offset` on, checks each against the chain and moves the chain along. Without a key the boxes
 * stay closed: places and hashes are checked, and there are no records.
 */
export function scanBatches(
  segment: Buffer,
  offset: number,
  key: Uint8Array | null,
  chain: Chain,
  found: (batch: FoundBatch) => void,
): ScanEnd {
  for (;;) {
    const header = decodeBatchHeader(segment, offset);
    if (!header || !isWholeBatch(segment, offset, header)) return whyItEnds(segment, offset, header);
    const records = continuesChain(header, chain) ? tryOpen(segment, offset, key, header) : null;
    if (!records) return { kind: 'damaged', offset, readableFrom: laterBatch(segment, offset) };
    found({ header, offset, records });
    chain.batch++;
    chain.position += header.count;
    chain.hash = hashBatch(segment, offset, header.boxBytes);
    offset += batchBytes(header.boxBytes);
  }
}

function continuesChain(header: BatchHeader, chain: Chain): boolean {
  const { batch, firstPosition, previousHash } = header;
  return batch === chain.batch && firstPosition === chain.position && previousHash.equals(chain.hash);
}

function tryOpen(segment: Buffer, offset: number, key: Uint8Array | null, header: BatchHeader) {
  if (!key) return [];
  const boxStart = offset + BATCH_HEADER_BYTES;
  try {
    return openBatch(key, header, segment.subarray(boxStart, boxStart + header.boxBytes));
  } catch {
    return null;
  }
}

/**
 * A disk writes sectors in any order, so a flush cut short leaves sectors that are still zero or that end in zeros; the
 * end mark stands for the last, which the box does not fill. A batch that fails its checks with every sector written has been
 * changed afterwards. Only the last flush can be cut short: one with another behind it was complete.
 */
function whyItEnds(segment: Buffer, offset: number, header: BatchHeader | null): ScanEnd {
  const readableFrom = laterBatch(segment, offset);
  if (readableFrom !== null) return { kind: 'damaged', offset, readableFrom };
  if (isZero(segment.subarray(offset))) return { kind: 'end', offset };
  const torn = header ? isTornBox(segment, offset, header) : isTornHeader(segment, offset);
  return torn ? { kind: 'torn', offset } : { kind: 'damaged', offset, readableFrom };
}

function isTornHeader(segment: Buffer, offset: number): boolean {
  const boxStart = offset + BATCH_HEADER_BYTES;
  return isZero(segment.subarray(offset, boxStart)) || isZero(segment.subarray(boxStart));
}

function isTornBox(segment: Buffer, offset: number, header: BatchHeader): boolean {
  const end = offset + BATCH_HEADER_BYTES + header.boxBytes;
  if (!segment[end]) return true;
  for (let sectorEnd = offset + SECTOR_BYTES; sectorEnd <= end; sectorEnd += SECTOR_BYTES) {
    if (isZero(segment.subarray(sectorEnd - CUT_BYTES, sectorEnd))) return true;
  }
  return false;
}

/** First position of the next whole batch after this place; null when there is none. */
function laterBatch(segment: Buffer, offset: number): number | null {
  for (let at = offset + SECTOR_BYTES; at < segment.length; at += SECTOR_BYTES) {
    const header = decodeBatchHeader(segment, at);
    if (header && isWholeBatch(segment, at, header)) return header.firstPosition;
  }
  return null;
}
