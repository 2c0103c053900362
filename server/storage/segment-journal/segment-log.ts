import { basename } from 'node:path';
import { randomKey } from '#bank/vault';
import type { EncodedRecord, SegmentKeys } from '../batches/index.ts';
import type { Disk } from '../disk.ts';
import type { Position } from '../journal.ts';
import { Unavailable } from '../store.ts';
import { sealBatch, type SealedBatch } from './batch.ts';
import { batchBytes, SEGMENT_HEADER_BYTES } from './layout.ts';
import { recover } from './recover.ts';
import {
  destroySegment,
  nextSegmentName,
  prepareSegment,
  startSegment,
  sweepRetired,
} from './segment-files.ts';
import type { SegmentWriter } from './segment-writer.ts';
import type { Segment, SegmentPlace } from './segment.ts';

interface SegmentLogOptions {
  dir: string;
  disk: Disk;
  startWriter(): Promise<SegmentWriter>;
  keys: SegmentKeys;
  segmentBytes: number;
}

/**
 * The chain of segments on disk: checks it, goes on in a new segment under a new key, and starts the next one when
 * it is full. Calls of `write` and `retire` must not overlap.
 */
export async function createSegmentLog({ dir, disk, startWriter, keys, segmentBytes }: SegmentLogOptions) {
  await sweepRetired(disk, dir);
  const { segments, chain, index, newest, retired } = await recover(disk, dir, keys);
  for (const path of retired) await destroySegment(disk, path);
  const writer = await startWriter();
  let name = newest;
  let prepared: Promise<void> | null = null;
  let active = await startNext().catch(async (cause: unknown) => {
    await writer.close();
    throw new Unavailable('The journal cannot write to its folder. Is the disk full?', { cause });
  });
  let offset = SEGMENT_HEADER_BYTES;
  await retire(0);

  async function startNext(): Promise<Segment> {
    const ready = prepared ?? prepareSegment(disk, dir, segmentBytes);
    prepared = null;
    await ready;
    const key = randomKey();
    const wrappedKey = Buffer.from(await keys.wrap(key));
    name = nextSegmentName(name);
    const path = await startSegment(disk, dir, name, {
      firstBatch: chain.batch,
      firstPosition: chain.position,
      previousHash: chain.hash,
      wrappedKey,
    });
    await writer.open(path);
    const segment = { path, key, wrappedKey, isRetired: false };
    segments.push(segment);
    return segment;
  }

  async function roll(): Promise<void> {
    active = await startNext();
    offset = SEGMENT_HEADER_BYTES;
  }

  /** Zeros are written in the background, by the time they are needed. */
  function prepareAhead(): void {
    if (prepared || offset < segmentBytes / 2) return;
    prepared = prepareSegment(disk, dir, segmentBytes);
    prepared.catch(() => undefined);
  }

  function seal(records: readonly EncodedRecord[]): SealedBatch {
    const { batch, position, hash } = chain;
    const place = { batch, firstPosition: position, count: records.length, previousHash: hash };
    return sealBatch(active.key, place, records);
  }

  async function write(records: readonly EncodedRecord[]): Promise<Position> {
    let { bytes, boxBytes, hash } = seal(records);
    if (offset + bytes.length > segmentBytes) {
      await roll();
      ({ bytes, boxBytes, hash } = seal(records));
    }
    await writer.write(bytes, offset);
    const first = chain.position;
    const entry = { segment: active, offset, boxBytes, firstPosition: first, count: records.length };
    index.add(
      entry,
      records.map((record) => record.attempt),
    );
    chain.batch++;
    chain.position += records.length;
    chain.hash = hash;
    offset += batchBytes(boxBytes);
    prepareAhead();
    return first;
  }

  /** Destroys the segments that hold nothing above this position; empty ones of earlier starts always. */
  async function retire(upTo: Position): Promise<void> {
    const last = index.lastPositionOf(active);
    if (last !== null && last <= upTo) await roll();
    for (const segment of segments.filter((one) => one !== active)) {
      if ((index.lastPositionOf(segment) ?? 0) > upTo) continue;
      segment.isRetired = true;
      await destroySegment(disk, segment.path);
      segment.key.fill(0);
      index.forget(segment);
      segments.splice(segments.indexOf(segment), 1);
    }
    await keys.keepOnly(segments.map(({ wrappedKey }) => wrappedKey));
  }

  return {
    index,
    head: (): Position => chain.position - 1,
    place: (): SegmentPlace => ({ batch: chain.batch - 1, segment: basename(active.path), offset }),
    write,
    retire,
    async close(): Promise<void> {
      await prepared?.catch(() => undefined);
      await writer.close();
      for (const segment of segments) segment.key.fill(0);
    },
  };
}
