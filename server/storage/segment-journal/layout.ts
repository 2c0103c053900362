import { crc32 } from 'node:zlib';

/**
 * Bytes of a segment file, all integers big endian:
 *
 *   segment header, padded to 4096 bytes:
 *     'NIEMSEG1' | first batch u64 | first position u64 | hash of the batch before it (32)
 *     | wrapped key length u16 | wrapped key | crc32 of all that
 *   then batches, each beginning on a multiple of 512 bytes:
 *     'BAT1' | box length u32 | batch u64 | first position u64 | record count u32 | hash of the batch before it (32)
 *     | crc32 of the box | crc32 of this header | box | end mark 0xE5 | zeros up to the next multiple of 512
 *
 * The rest of a segment is zeros, written in advance, so that a flush never changes the size of the file. The hash of
 * a batch is SHA-256 over its header and box: whoever changes, removes or reorders a batch breaks the chain.
 */
export const SEGMENT_HEADER_BYTES = 4096;
export const SECTOR_BYTES = 512;
export const BATCH_HEADER_BYTES = 68;
export const HASH_BYTES = 32;
const END_MARK = 0xe5;
const SEGMENT_MAGIC = Buffer.from('NIEMSEG1');
const BATCH_MAGIC = Buffer.from('BAT1');
const WRAPPED_KEY_OFFSET = 58;

export interface SegmentHeader {
  firstBatch: number;
  firstPosition: number;
  previousHash: Buffer;
  wrappedKey: Buffer;
}

export interface BatchHeader {
  boxBytes: number;
  batch: number;
  firstPosition: number;
  count: number;
  previousHash: Buffer;
  boxCrc: number;
}

/** @throws RangeError when the wrapped key does not fit */
export function encodeSegmentHeader(header: SegmentHeader): Buffer {
  const end = WRAPPED_KEY_OFFSET + header.wrappedKey.length;
  if (end + 4 > SEGMENT_HEADER_BYTES) throw new RangeError('the wrapped segment key is too long');
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
  SEGMENT_MAGIC.copy(bytes);
  bytes.writeBigUInt64BE(BigInt(header.firstBatch), 8);
  bytes.writeBigUInt64BE(BigInt(header.firstPosition), 16);
  header.previousHash.copy(bytes, 24);
  bytes.writeUInt16BE(header.wrappedKey.length, 56);
  header.wrappedKey.copy(bytes, WRAPPED_KEY_OFFSET);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, end)), end);
  return bytes;
}

/** Null when the bytes are not a whole segment header. */
export function decodeSegmentHeader(bytes: Buffer): SegmentHeader | null {
  if (bytes.length < SEGMENT_HEADER_BYTES || !bytes.subarray(0, 8).equals(SEGMENT_MAGIC)) return null;
  const end = WRAPPED_KEY_OFFSET + bytes.readUInt16BE(56);
  if (end + 4 > SEGMENT_HEADER_BYTES || bytes.readUInt32BE(end) !== crc32(bytes.subarray(0, end)))
    return null;
  return {
    firstBatch: Number(bytes.readBigUInt64BE(8)),
    firstPosition: Number(bytes.readBigUInt64BE(16)),
    previousHash: Buffer.from(bytes.subarray(24, 56)),
    wrappedKey: Buffer.from(bytes.subarray(WRAPPED_KEY_OFFSET, end)),
  };
}

/** Bytes that a batch with a box of this size takes on disk. */
export function batchBytes(boxBytes: number): number {
  return Math.ceil((BATCH_HEADER_BYTES + boxBytes + 1) / SECTOR_BYTES) * SECTOR_BYTES;
}

/** A whole batch as it is written: header, box, end mark, zeros. */
export function encodeBatch(header: Omit<BatchHeader, 'boxBytes' | 'boxCrc'>, box: Uint8Array): Buffer {
  const bytes = Buffer.alloc(batchBytes(box.length));
  BATCH_MAGIC.copy(bytes);
  bytes.writeUInt32BE(box.length, 4);
  bytes.writeBigUInt64BE(BigInt(header.batch), 8);
  bytes.writeBigUInt64BE(BigInt(header.firstPosition), 16);
  bytes.writeUInt32BE(header.count, 24);
  header.previousHash.copy(bytes, 28);
  bytes.writeUInt32BE(crc32(box), 60);
  bytes.writeUInt32BE(crc32(bytes.subarray(0, 64)), 64);
  bytes.set(box, BATCH_HEADER_BYTES);
  bytes[BATCH_HEADER_BYTES + box.length] = END_MARK;
  return bytes;
}

/** The header of the batch that begins at `offset`; null when there is no sound one. */
export function decodeBatchHeader(segment: Buffer, offset: number): BatchHeader | null {
  const bytes = segment.subarray(offset, offset + BATCH_HEADER_BYTES);
  if (bytes.length < BATCH_HEADER_BYTES || !bytes.subarray(0, 4).equals(BATCH_MAGIC)) return null;
  if (bytes.readUInt32BE(64) !== crc32(bytes.subarray(0, 64))) return null;
  return {
    boxBytes: bytes.readUInt32BE(4),
    batch: Number(bytes.readBigUInt64BE(8)),
    firstPosition: Number(bytes.readBigUInt64BE(16)),
    count: bytes.readUInt32BE(24),
    previousHash: Buffer.from(bytes.subarray(28, 60)),
    boxCrc: bytes.readUInt32BE(60),
  };
}

/** True when header, box and end mark of the batch at `offset` are all there and unchanged by accident. */
export function isWholeBatch(segment: Buffer, offset: number, header: BatchHeader): boolean {
  const boxStart = offset + BATCH_HEADER_BYTES;
  const boxEnd = boxStart + header.boxBytes;
  return segment[boxEnd] === END_MARK && crc32(segment.subarray(boxStart, boxEnd)) === header.boxCrc;
}

/** The first byte is zero and each is like the one before it: a comparison of memory, since segments end in megabytes. */
export function isZero(bytes: Uint8Array): boolean {
  return (
    bytes.length === 0 || (bytes[0] === 0 && Buffer.compare(bytes.subarray(1), bytes.subarray(0, -1)) === 0)
  );
}
