import { StandbyMissing } from '../store.ts';

/** What an answer waits for whose exam demands two disks. */
export interface SecondDisk {
  /**
   * Resolves once everything that was on this disk before the call is on the other as well.
   *
   * @throws StandbyMissing when that cannot be said now: nothing that rests on it may be acknowledged
   */
  caughtUp(): Promise<void>;
}

/** An embedded installation without a standby. */
export const NO_SECOND_DISK: SecondDisk = { caughtUp: () => Promise.reject(new StandbyMissing()) };

/** In MongoDB nothing is acknowledged before the majority has it. */
export const MAJORITY: SecondDisk = { caughtUp: () => Promise.resolve() };
