import { randomKey } from '#bank/vault';
import { createBatchIndex, sealBatch, type EncodedRecord, type SegmentKeys } from '../batches/index.ts';
import type { Position } from '../journal.ts';
import { Duplicate, Unavailable } from '../store.ts';
import {
  batchId,
  chainAfter,
  placeOf,
  type BatchDocument,
  type Chain,
  type JournalStore,
  type Segment,
} from './document.ts';
import type { Lease } from './lease.ts';
import { Overtaken } from './overtaken.ts';
import type { Patience } from './patience.ts';
import { scanOn, type Scanned } from './scan.ts';
import { sweep } from './sweep.ts';

export interface StreamLogOptions {
  store: JournalStore;
  stream: string;
  writer: string;
  keys: SegmentKeys;
  segmentBytes: number;
  lease: Lease;
  patience: Patience;
}

/**
 * The documents of one stream, for the one writer that may add to them. Opening it reads the stream, ends the writing
 * of every earlier owner by a fence, and makes sure of the lease once more. Calls of `write` and `retire` must not
 * overlap.
 *
 * @throws Overtaken when another server is taking the stream as well
 * @throws DamagedJournal when the stream is not as it was written
 */
export async function openStreamLog(options: StreamLogOptions) {
  const { store, stream, writer, keys, segmentBytes, lease, patience } = options;
  const scanned: Scanned = { segments: [], index: createBatchIndex(), chain: lease.base() };
  const { segments, index } = scanned;
  await readOn();
  let active = await fence();
  await patience(lease.renew);
  await patience(() => sweep(store, stream, lease.base().batch));

  /** A number that is taken was written by the earlier owner after it was read: it belongs to the stream. */
  async function fence(): Promise<Segment> {
    const key = randomKey();
    const wrapped = await wrap(key);
    for (;;) {
      try {
        return await startSegment('fence', key, wrapped);
      } catch (error) {
        if (!(error instanceof Overtaken)) throw error;
        await readOn();
      }
    }
  }

  /** A hole is damage only as long as nobody else has the stream: the next owner may have retired what stood there. */
  async function readOn(): Promise<void> {
    try {
      await patience(() => scanOn(store, stream, keys, scanned));
    } finally {
      await patience(lease.renew);
    }
  }

  async function wrap(key: Uint8Array): Promise<Buffer> {
    return Buffer.from(await keys.wrap(key));
  }

  async function startSegment(kind: 'fence' | 'segment', key: Uint8Array, wrapped: Buffer): Promise<Segment> {
    const start = scanned.chain;
    await place({ ...header(start), kind, count: 0, box: wrapped });
    const segment = { key, wrappedKey: wrapped, start, bytes: 0, isRetired: false };
    segments.push(segment);
    return segment;
  }

  async function roll(): Promise<void> {
    const key = randomKey();
    active = await startSegment('segment', key, await wrap(key));
  }

  function header({ batch, position, hash }: Chain) {
    return { _id: batchId(stream, batch), writer, firstPosition: position, previousHash: hash };
  }

  /** Writes the document at its number and moves the chain along. @throws Overtaken when another's stands there */
  async function place(document: BatchDocument): Promise<void> {
    await patience(() => insert(document));
    scanned.chain = chainAfter(scanned.chain, document);
  }

  /**
   * Whoever meets a duplicate reads it. Its own document: an insert that was repeated because its answer was not
   * heard, durable since a majority gives it back. None: the majority does not have it yet, or lost it with a primary.
   */
  async function insert(document: BatchDocument): Promise<void> {
    try {
      await store.commit([{ op: 'insert', in: 'journalBatches', doc: document }]);
    } catch (error) {
      if (!(error instanceof Duplicate)) throw error;
      const found = await store.get('journalBatches', document._id);
      if (!found) throw new Unavailable('The batch is not yet with the majority of the replica set.');
      if (found.writer !== writer) throw new Overtaken();
    }
  }

  async function write(records: readonly EncodedRecord[]): Promise<Position> {
    const size = records.reduce((sum, record) => sum + record.bytes, 0);
    if (active.bytes > 0 && active.bytes + size > segmentBytes) await roll();
    const { chain } = scanned;
    const document: BatchDocument = { ...header(chain), kind: 'batch', count: records.length };
    document.box = Buffer.from(sealBatch(active.key, placeOf(chain.batch, document), records));
    await place(document);
    const { batch, position: firstPosition } = chain;
    index.add(
      { segment: active, batch, firstPosition, count: records.length },
      records.map((record) => record.attempt),
    );
    active.bytes += document.box.length;
    return firstPosition;
  }

  /** Destroys the segments that hold nothing above this position. */
  async function retire(upTo: Position): Promise<void> {
    const last = index.lastPositionOf(active);
    if (last !== null && last <= upTo) await roll();
    const kept = segments.findIndex((one) => one === active || (index.lastPositionOf(one) ?? 0) > upTo);
    const { start = active.start } = segments[kept] ?? {};
    if (start.batch > lease.base().batch) await lease.moveBase(start);
    for (const segment of segments.splice(0, kept)) {
      segment.isRetired = true;
      segment.key.fill(0);
      index.forget(segment);
    }
    await keys.keepOnly(segments.map(({ wrappedKey }) => wrappedKey));
    await sweep(store, stream, lease.base().batch);
  }

  return {
    index,
    head: (): Position => scanned.chain.position - 1,
    write,
    retire,
    close(): void {
      for (const segment of segments) segment.key.fill(0);
    },
  };
}

export type StreamLog = Awaited<ReturnType<typeof openStreamLog>>;
