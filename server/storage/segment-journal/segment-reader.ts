import { basename } from 'node:path';
import { openBatch } from '../batches/index.ts';
import { type Disk, type DiskFile } from '../disk.ts';
import type { PositionedRecord } from '../journal.ts';
import { BATCH_HEADER_BYTES, decodeBatchHeader } from './layout.ts';
import { damagedSegment, type Segment, type SegmentEntry } from './segment.ts';

const READ_AHEAD = 32;

/**
 * Reads the records of these batches, of one attempt or of all, in order, batch by batch. Each file is open only while it is read.
 * What is retired meanwhile is left out.
 */
export async function* readRecords(
  disk: Disk,
  entries: readonly SegmentEntry[],
  attempt?: string,
): AsyncGenerator<PositionedRecord[]> {
  let rest = entries;
  while (rest[0]) {
    const { segment } = rest[0];
    const end = rest.findIndex((entry) => entry.segment !== segment);
    const own = end === -1 ? rest : rest.slice(0, end);
    rest = rest.slice(own.length);
    try {
      yield* readSegment(disk, segment, own, attempt);
    } catch (error) {
      if (!segment.isRetired) throw error;
    }
  }
}

async function* readSegment(
  disk: Disk,
  segment: Segment,
  entries: readonly SegmentEntry[],
  attempt?: string,
): AsyncGenerator<PositionedRecord[]> {
  const file = await disk.open(segment.path, 'r');
  try {
    for (let at = 0; at < entries.length; at += READ_AHEAD) {
      const ahead = entries.slice(at, at + READ_AHEAD);
      yield* await Promise.all(ahead.map((entry) => readBatch(file, entry, attempt)));
    }
  } finally {
    await file.close();
  }
}

async function readBatch(file: DiskFile, entry: SegmentEntry, attempt?: string): Promise<PositionedRecord[]> {
  const bytes = Buffer.alloc(BATCH_HEADER_BYTES + entry.boxBytes);
  await file.read(bytes, 0, bytes.length, entry.offset);
  const header = decodeBatchHeader(bytes, 0);
  if (!header) {
    const { segment, offset, firstPosition } = entry;
    const around = { intactUpTo: firstPosition - 1, readableFrom: null };
    throw damagedSegment(basename(segment.path), offset, around);
  }
  return openBatch(entry.segment.key, header, bytes.subarray(BATCH_HEADER_BYTES), attempt);
}
