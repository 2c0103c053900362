import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import { newId } from '#bank/vault';
import { all, createGroupCommit, from, type SegmentKeys } from '../batches/index.ts';
import type { Journal } from '../journal.ts';
import type { JournalStore } from './document.ts';
import { takeLease } from './lease.ts';
import { Overtaken } from './overtaken.ts';
import { createPatience } from './patience.ts';
import { readRecords } from './records.ts';
import { openStreamLog } from './stream-log.ts';

export interface StreamJournalOptions {
  keys: SegmentKeys;
  /** Name of the stream: small letters and digits; `main` when not given. */
  stream?: string;
  /** Bytes of the boxes under one key; 8 MiB when not given. */
  segmentBytes?: number;
  /** A server that has shown no life for so long is taken to be gone; 10 s when not given. */
  leaseMs?: number;
  /** How long an append waits for a database without a primary before the journal gives up; 60 s when not given. */
  patienceMs?: number;
  /** Told once when another server has the stream; opening then waits until that one is gone. */
  onWaiting?(holder: string): void;
  /** Told once when this journal accepts nothing any more: the server must end. */
  onFailure?(reason: Error): void;
}

const DEFAULT_SEGMENT_BYTES = 8 * 1024 * 1024;
const DEFAULT_QUEUE_BYTES = 64 * 1024 * 1024;
/** A document of MongoDB holds sixteen times as much. */
const LARGEST_BATCH_BYTES = 1024 * 1024;

/**
 * Journal of one stream in a Store: an encrypted document per batch, chained by hashes, at dense numbers.
 *
 * Who owns the stream. Two things are kept apart. *Courtesy*: a lease in the stream's document, renewed five times in
 * `leaseMs`, lets a second server wait until the first is gone, and take over at once when it stopped in order. It
 * may fail: a server that was only paused for longer than the lease is overtaken. *Safety* never rests on time: who
 * takes over inserts a fence at the next number, and every number is taken once. So an earlier owner, whenever it goes
 * on, finds at its next number either its own document, which the new owner then has read too, or the fence: it
 * acknowledges nothing, reports `onFailure` and must end. An insert still on its way in some buffer ends the same way.
 */
export async function createStreamJournal(
  options: StreamJournalOptions & { store: JournalStore },
): Promise<Journal> {
  const { store, keys, stream = 'main', segmentBytes = DEFAULT_SEGMENT_BYTES, leaseMs = 10_000 } = options;
  if (!/^[a-z0-9]+$/.test(stream)) throw new TypeError('a stream is named by small letters and digits');
  const patience = createPatience({ patienceMs: options.patienceMs ?? 60_000, pauseMs: leaseMs / 100 });
  const writer = newId();
  const lease = await takeLease({
    store,
    stream,
    writer,
    holder: `${hostname()}, process ${process.pid}`,
    leaseMs,
    patience,
    onWaiting: (holder) => options.onWaiting?.(holder),
  });

  let lost: Error | null = null;
  let stop: () => void = () => undefined;
  function lose(reason: Error): void {
    if (lost) return;
    lost = reason;
    clearInterval(beat);
    stop();
    options.onFailure?.(reason);
  }
  /** A beat that the database did not take is followed by the next; one that meets another owner is the last. */
  const beat = setInterval(() => {
    lease.renew().catch((error: unknown) => {
      if (error instanceof Overtaken) lose(error);
    });
  }, leaseMs / 5);
  beat.unref();

  const log = await openStreamLog({ store, stream, writer, keys, segmentBytes, lease, patience }).catch(
    async (error: unknown) => {
      clearInterval(beat);
      await lease.release();
      throw error;
    },
  );
  const exclusive = pLimit(1);
  const commits = createGroupCommit({
    flush: (records) => exclusive(() => log.write(records)),
    batchBytes: LARGEST_BATCH_BYTES,
    queueBytes: DEFAULT_QUEUE_BYTES,
    floorMs: 1,
    now: () => performance.now(),
    rest: pause,
    onFailure: lose,
  });
  stop = () => void commits.stop('Another server has taken over the journal.');
  if (lost) stop();

  const fence = () => commits.stop('The journal is fenced; another owner goes on.');
  let closed: Promise<void> | null = null;
  async function closeAll(): Promise<void> {
    await fence();
    clearInterval(beat);
    await exclusive(() => (lost ? undefined : lease.release()));
    log.close();
  }

  return {
    append: commits.append,
    read: (attempt) => all(readRecords(store, stream, log.index.of(attempt), attempt)),
    replay: (position) => from(position, readRecords(store, stream, log.index.from(position))),
    head: log.head,
    pressure: commits.pressure,
    fence,
    retire: (upTo) => exclusive(() => log.retire(upTo)),
    close: () => (closed ??= closeAll()),
  };
}
