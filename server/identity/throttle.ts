import { Conflict, Duplicate, type Store } from '#server/storage';
import { DomainError } from '#bank/protocol';
import type { Clock } from '#server/http';

const FREE_FAILURES = 5;
const FIRST_DELAY_MS = 30_000;
const LONGEST_DELAY_MS = 60 * 60_000;
/** After this long without a failure the count starts anew. */
const FORGET_MS = 24 * 60 * 60_000;
const SWEEP_BATCH = 500;

/**
 * Slows guessing: five failures are free, then 30 seconds, doubling up to an hour. Kept in the Store, so that a
 * restart does not reset it.
 */
export interface Throttle {
  /** Throws `too-many-requests` while the key is blocked. */
  check(key: string): Promise<void>;
  /** Counts a failure; no delay after it is longer than `longestMs`. */
  failed(key: string, longestMs?: number): Promise<void>;
  succeeded(key: string): Promise<void>;
  /** Forgets the keys that have not failed for so long that they start anew anyway. */
  sweep(): Promise<void>;
}

export function createThrottle({ store, clock }: { store: Store; clock: Clock }): Throttle {
  async function record(key: string, longestMs: number): Promise<void> {
    const now = clock.now();
    const known = await store.get('throttles', key);
    const stale = known && now - known.lastFailure.getTime() > FORGET_MS;
    const failures = known && !stale ? known.failures + 1 : 1;
    const doc = {
      _id: key,
      failures,
      lastFailure: new Date(now),
      blockedUntil: new Date(now + Math.min(longestMs, delayAfter(failures))),
    };
    await store.commit([
      known
        ? { op: 'replace', in: 'throttles', doc, ifVersion: known.v }
        : { op: 'insert', in: 'throttles', doc },
    ]);
  }

  return {
    async check(key) {
      const known = await store.get('throttles', key);
      const wait = known ? known.blockedUntil.getTime() - clock.now() : 0;
      if (wait > 0) throw new DomainError('too-many-requests', 429, { seconds: Math.ceil(wait / 1000) });
    },
    async failed(key, longestMs = LONGEST_DELAY_MS) {
      for (;;) {
        try {
          return await record(key, longestMs);
        } catch (error) {
          if (!(error instanceof Conflict) && !(error instanceof Duplicate)) throw error;
        }
      }
    },
    async succeeded(key) {
      const known = await store.get('throttles', key);
      if (!known) return;
      await store
        .commit([{ op: 'delete', in: 'throttles', id: key, ifVersion: known.v }])
        .catch((error: unknown) => {
          if (!(error instanceof Conflict)) throw error;
        });
    },
    async sweep() {
      const query = {
        index: 'by_last_failure',
        lt: new Date(clock.now() - FORGET_MS),
        limit: SWEEP_BATCH,
      } as const;
      for (;;) {
        const { docs } = await store.range('throttles', query);
        if (docs.length === 0) return;
        await store.commit(
          docs.map(({ _id, v }) => ({ op: 'delete', in: 'throttles', id: _id, ifVersion: v })),
        );
      }
    },
  };
}

function delayAfter(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - FREE_FAILURES));
}
