import type { TimeChange } from '#bank/protocol';
import { isRunning, type Sitting } from './sittings.ts';

/** What the end of an attempt follows from: the end of its exam, and the changes on its own record. */
interface Timed {
  times: readonly TimeChange[];
}

/** When the attempt ends: milliseconds since 1970, UTC; null before its exam was started. */
export function endOf({ times }: Timed, { endsAt }: Sitting): number | null {
  return endsAt === null ? null : times.reduce((end, { ms }) => end + ms, endsAt);
}

/** From this moment on nothing counts that arrives. */
export function isOver(attempt: Timed, sitting: Sitting, now: number): boolean {
  const end = endOf(attempt, sitting);
  return end !== null && end <= now;
}

/** Whether answers that arrive now count. */
export function isInTime(attempt: Timed, sitting: Sitting, now: number): boolean {
  return isRunning(sitting, now) && !isOver(attempt, sitting, now);
}
