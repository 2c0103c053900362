import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { realDisk } from '../disk.ts';
import { hashBatch } from '../segment-journal/batch.ts';
import {
  batchBytes,
  decodeBatchHeader,
  decodeSegmentHeader,
  SEGMENT_HEADER_BYTES,
  type SegmentHeader,
} from '../segment-journal/layout.ts';
import { listSegments } from '../segment-journal/segment-files.ts';
import type { SegmentPlace } from '../segment-journal/index.ts';

/** Where a standby stands in the files of this journal. */
export interface TailPosition {
  /** Last batch that it has, or that was retired before it could have it. */
  batch: number;
  segment: string;
  offset: number;
}

/** What a standby gets next: whole batches of one segment, after the header of it when that is new to the standby. */
export interface TailPiece {
  /** Set when the segment begins with these batches. */
  opening: { header: Buffer; bytes: number } | null;
  batches: Buffer | null;
  after: TailPosition;
}

/** Holds a batch of the largest size. */
const WINDOW_BYTES = 2 * 1024 * 1024;

/**
 * Where a standby with this last batch stands; null when it is not of this journal's history: it has more, or
 * something else, than is here.
 */
export async function locate(
  dir: string,
  place: SegmentPlace,
  has: { batch: number; hash: string; segment: string } | null,
): Promise<TailPosition | null> {
  const segments = await readHeaders(dir, place.segment);
  const first = segments[0];
  if (!first) throw new Error('the journal has no segment');
  if (!has) return { batch: first.header.firstBatch - 1, segment: first.name, offset: 0 };
  if (has.batch > place.batch) return null;
  const opened = { segment: has.segment, offset: SEGMENT_HEADER_BYTES };
  const holder = segments.findLast(({ header }) => header.firstBatch <= has.batch);
  if (!holder) {
    // what it lacks before the first segment was retired, and needs nobody any more
    const { firstBatch, previousHash } = first.header;
    const isNext = firstBatch === has.batch + 1;
    if (isNext && previousHash.toString('hex') !== has.hash) return null;
    return { batch: firstBatch - 1, ...opened };
  }
  const found = await findBatch(join(dir, holder.name), has.batch);
  if (found?.hash !== has.hash) return null;
  if (holder.name === has.segment) opened.offset = found.end;
  return { batch: has.batch, ...opened };
}

/** The next piece for a standby, up to this batch; null when it has everything up to there that is on this disk. */
export async function nextPiece(
  dir: string,
  place: SegmentPlace,
  at: TailPosition,
  upTo: number,
): Promise<TailPiece | null> {
  if (at.batch >= upTo) return null;
  if (at.segment === place.segment) return pieceOf(dir, place, at, upTo);
  for (const name of await listSegments(realDisk, dir)) {
    if (name < at.segment || name > place.segment) continue;
    const from = name === at.segment ? at : { batch: at.batch, segment: name, offset: 0 };
    const piece = await pieceOf(dir, place, from, upTo);
    if (piece) return piece;
  }
  return null;
}

/** The oldest segment that is kept. */
export async function oldestSegment(dir: string): Promise<string> {
  const [oldest] = await listSegments(realDisk, dir);
  if (oldest === undefined) throw new Error('the journal has no segment');
  return oldest;
}

async function pieceOf(
  dir: string,
  place: SegmentPlace,
  at: TailPosition,
  upTo: number,
): Promise<TailPiece | null> {
  const file = await open(join(dir, at.segment), 'r');
  try {
    const { size } = await file.stat();
    const read = async (from: number, end: number) => {
      const bytes = Buffer.alloc(Math.max(0, Math.min(end, size) - from));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
      return bytes.subarray(0, bytesRead);
    };
    const header = at.offset === 0 ? await read(0, SEGMENT_HEADER_BYTES) : null;
    const decoded = header && decodeSegmentHeader(header);
    if (header && !decoded) throw new Error('a segment of the journal has no header');
    const from = at.offset || SEGMENT_HEADER_BYTES;
    const end = at.segment === place.segment ? place.offset : size;
    const window = await read(from, Math.min(end, from + WINDOW_BYTES));
    const { length, batch } = wholeBatches(window, upTo);
    if (length === 0 && !header) return null;
    return {
      opening: header && { header, bytes: size },
      batches: length === 0 ? null : window.subarray(0, length),
      after: {
        batch: batch ?? (decoded ? decoded.firstBatch - 1 : at.batch),
        segment: at.segment,
        offset: from + length,
      },
    };
  } finally {
    await file.close();
  }
}

/** How many bytes at the start are whole batches up to this one, and the number of the last of them. */
function wholeBatches(bytes: Buffer, upTo: number): { length: number; batch: number | null } {
  let length = 0;
  let batch: number | null = null;
  for (let header = decodeBatchHeader(bytes, 0); header; header = decodeBatchHeader(bytes, length)) {
    const end = length + batchBytes(header.boxBytes);
    if (end > bytes.length || header.batch > upTo) break;
    length = end;
    batch = header.batch;
  }
  return { length, batch };
}

async function findBatch(path: string, batch: number): Promise<{ hash: string; end: number } | null> {
  const file = await open(path, 'r');
  try {
    const bytes = await file.readFile();
    let offset = SEGMENT_HEADER_BYTES;
    for (let header = decodeBatchHeader(bytes, offset); header; header = decodeBatchHeader(bytes, offset)) {
      const end = offset + batchBytes(header.boxBytes);
      if (header.batch === batch)
        return { hash: hashBatch(bytes, offset, header.boxBytes).toString('hex'), end };
      offset = end;
    }
    return null;
  } finally {
    await file.close();
  }
}

async function readHeaders(dir: string, upTo: string): Promise<{ name: string; header: SegmentHeader }[]> {
  const found: { name: string; header: SegmentHeader }[] = [];
  for (const name of await listSegments(realDisk, dir)) {
    if (name > upTo) break;
    const file = await open(join(dir, name), 'r');
    try {
      const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES);
      await file.read(bytes, 0, bytes.length, 0);
      const header = decodeSegmentHeader(bytes);
      if (!header) throw new Error(`segment ${name} of the journal has no header`);
      found.push({ name, header });
    } finally {
      await file.close();
    }
  }
  return found;
}
