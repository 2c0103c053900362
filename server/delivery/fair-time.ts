import { timePolicyAt } from '#bank/protocol';
import type { AttemptState } from './attempt-state.ts';
import { isRunning, type Sitting } from './sittings.ts';

/** What the end of an attempt follows from: the end of its exam, and the changes on its own record. */
type Timed = Pick<AttemptState, 'times' | 'pause'>;

/** When the attempt ends: milliseconds since 1970, UTC; null before its exam was started, and during a pause. */
export function endOf(attempt: Timed, sitting: Sitting): number | null {
  return attempt.pause ? null : endWithout(attempt, sitting);
}

/** Milliseconds that an attempt still has when its pause ends; null when it is not paused. */
export function leftOf(attempt: Timed, sitting: Sitting): number | null {
  const end = endWithout(attempt, sitting);
  return attempt.pause && end !== null ? Math.max(0, end - attempt.pause.at) : null;
}

function endWithout({ times }: Timed, { endsAt }: Sitting): number | null {
  return endsAt === null ? null : times.reduce((end, { ms }) => end + ms, endsAt);
}

/** From this moment on nothing counts that arrives. */
export function isOver(attempt: Timed, sitting: Sitting, now: number): boolean {
  const end = endOf(attempt, sitting);
  return end !== null && end <= now;
}

/** Whether answers that arrive now count. */
export function isInTime(attempt: Timed, sitting: Sitting, now: number): boolean {
  return isRunning(sitting, now) && attempt.pause === null && !isOver(attempt, sitting, now);
}

export interface LostTime {
  lostMs: number;
  creditedMs: number;
  /** What may be given back now. */
  proposedMs: number;
}

/**
 * What an attempt has lost by outages and may get back for them: all of it that was not given back yet, with the cap
 * of the policy over everything. Other time that was given for an outage counts as given back.
 */
export function lostTime({ outages, times }: Pick<AttemptState, 'outages' | 'times'>, now: number): LostTime {
  const lostMs = outages.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - from), 0);
  const creditedMs = times.reduce((sum, { ms, reason }) => (reason === 'outage' ? sum + ms : sum), 0);
  const { outageCapMs } = timePolicyAt(now);
  return { lostMs, creditedMs, proposedMs: Math.max(0, Math.min(lostMs, outageCapMs) - creditedMs) };
}
