import type { SegmentKeys } from '#server/storage';
import { createStreamJournal } from '../../../server/storage/mongo-journal/stream-journal.ts';
import type { Fate, Moment, Replica } from './replica-double.ts';
import { testKeys } from './support.ts';

export const KEYS = testKeys();

export interface ProcessOptions {
  replica: Replica;
  /** Short where a test waits for it to run out, long where it must not. */
  leaseMs?: number;
  fate?(): Fate;
  keys?: SegmentKeys;
  /** Stopped by itself before its first call of this kind. */
  stopBefore?: Moment;
}

/** A process with a journal: it can be stopped at any of its calls to the database, and continued. */
export function createProcess(options: ProcessOptions) {
  const { replica, leaseMs = 20, fate = () => 'done', keys = KEYS, stopBefore } = options;
  let running = Promise.resolve();
  let go: (() => void) | null = null;
  let tellStopped: () => void;
  const stopped = new Promise<void>((resolve) => (tellStopped = resolve));
  const lost: Error[] = [];
  const process = {
    lost,
    stopped,
    stop() {
      if (!go) running = new Promise((resolve) => (go = resolve));
      tellStopped();
    },
    continue() {
      go?.();
      go = null;
    },
  };
  let armed = stopBefore;
  const gate = (moment: Moment) => {
    if (moment === armed) {
      armed = undefined;
      process.stop();
    }
    return running;
  };
  const opened = createStreamJournal({
    store: replica.connect({ fate, gate }),
    keys,
    segmentBytes: 4096,
    leaseMs,
    patienceMs: 5_000,
    onFailure: (reason) => lost.push(reason),
  });
  opened.catch(() => undefined);
  return { ...process, opened };
}

export type JournalProcess = ReturnType<typeof createProcess>;
