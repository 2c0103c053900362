import { hash } from 'node:crypto';
import { sealBatch as sealBox, type BatchPlace, type EncodedRecord } from '../batches/index.ts';
import { BATCH_HEADER_BYTES, encodeBatch } from './layout.ts';

export interface SealedBatch {
  bytes: Buffer;
  boxBytes: number;
  hash: Buffer;
}

/** Encrypts records (from `encodeRecord`) into the bytes of a batch, bound to its place in the chain. */
export function sealBatch(
  key: Uint8Array,
  place: BatchPlace,
  records: readonly EncodedRecord[],
): SealedBatch {
  const box = sealBox(key, place, records);
  const bytes = encodeBatch(place, box);
  return { bytes, boxBytes: box.length, hash: hashBatch(bytes, 0, box.length) };
}

/** SHA-256 over header and box: what the next batch names as its predecessor. */
export function hashBatch(segment: Buffer, offset: number, boxBytes: number): Buffer {
  const end = offset + BATCH_HEADER_BYTES + boxBytes;
  return hash('sha256', segment.subarray(offset, end), 'buffer');
}
