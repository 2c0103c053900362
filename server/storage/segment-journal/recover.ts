import { join } from 'node:path';
import {
  createBatchIndex,
  type BatchIndex,
  type DamagedJournal,
  type SegmentKeys,
} from '../batches/index.ts';
import type { Disk } from '../disk.ts';
import { decodeSegmentHeader, HASH_BYTES, SEGMENT_HEADER_BYTES, type SegmentHeader } from './layout.ts';
import { scanBatches, type Chain, type ScanEnd } from './scan.ts';
import { damagedSegment, type Segment, type SegmentEntry } from './segment.ts';
import { endSegment, listSegments } from './segment-files.ts';

interface Recovered {
  segments: Segment[];
  chain: Chain;
  index: BatchIndex<SegmentEntry>;
  /** Files whose key is destroyed. */
  retired: string[];
  /** Name of the newest segment file. */
  newest: string | undefined;
}

/**
 * Reads every segment and checks the whole chain. A flush that a crash cut short at the very end is cut off: it was
 * never acknowledged. Segments whose key is destroyed were retired; a copy of the folder may have kept them, or a crash.
 *
 * @throws DamagedJournal when anything else is not as it was written; then nothing has been changed
 */
export async function recover(disk: Disk, dir: string, keys: SegmentKeys): Promise<Recovered> {
  const names = await listSegments(disk, dir);
  const index = createBatchIndex<SegmentEntry>();
  const segments: Segment[] = [];
  const retired: string[] = [];
  let chain: Chain = { batch: 1, position: 1, hash: Buffer.alloc(HASH_BYTES) };
  let before = { name: names[0] ?? '', offset: 0 };
  for (const name of names) {
    const path = join(dir, name);
    const bytes = await disk.readFile(path);
    const header = decodeSegmentHeader(bytes);
    if (!header) throw broken(name, 0, chain, null);
    if (name === names[0]) chain = startOf(header);
    if (!continues(header, chain)) throw broken(before.name, before.offset, chain, header.firstPosition);
    const key = await keys.unwrap(header.wrappedKey);
    const segment = key && { path, key, wrappedKey: header.wrappedKey, isRetired: false };
    const end = segment
      ? scanInto(index, segment, bytes, chain)
      : scanBatches(bytes, SEGMENT_HEADER_BYTES, null, chain, () => undefined);
    if (end.kind === 'damaged') throw broken(name, end.offset, chain, end.readableFrom);
    if (name === names.at(-1)) await endSegment(disk, path, end.offset);
    before = { name, offset: end.offset };
    if (segment) segments.push(segment);
    else retired.push(path);
  }
  return { segments, chain, index, retired, newest: names.at(-1) };
}

function scanInto(index: BatchIndex<SegmentEntry>, segment: Segment, bytes: Buffer, chain: Chain): ScanEnd {
  return scanBatches(bytes, SEGMENT_HEADER_BYTES, segment.key, chain, ({ header, offset, records }) => {
    const { boxBytes, firstPosition, count } = header;
    index.add(
      { segment, offset, boxBytes, firstPosition, count },
      records.map((record) => record.attempt),
    );
  });
}

/** The chain of which this segment is the first that is kept. */
export function startOf(header: SegmentHeader): Chain {
  return { batch: header.firstBatch, position: header.firstPosition, hash: header.previousHash };
}

export function continues(header: SegmentHeader, chain: Chain): boolean {
  return (
    header.firstBatch === chain.batch &&
    header.firstPosition === chain.position &&
    header.previousHash.equals(chain.hash)
  );
}

function broken(file: string, offset: number, chain: Chain, readableFrom: number | null): DamagedJournal {
  return damagedSegment(file, offset, { intactUpTo: chain.position - 1, readableFrom });
}
