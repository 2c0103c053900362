import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from '../store.ts';
import { Overtaken } from './overtaken.ts';

/** Does what a replica set may refuse for the seconds that an election takes. */
export type Patience = <T>(work: () => Promise<T>) => Promise<T>;

/** Tries again every `pauseMs` while the store is unavailable, for at most `patienceMs` in one call. */
export function createPatience({ patienceMs, pauseMs }: { patienceMs: number; pauseMs: number }): Patience {
  return async (work) => {
    const until = performance.now() + patienceMs;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        const passing = error instanceof Unavailable && !(error instanceof Overtaken);
        if (!passing || performance.now() >= until) throw error;
        await pause(pauseMs);
      }
    }
  };
}
