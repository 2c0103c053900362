import { timePolicyAt } from '#bank/protocol';
import { isByRight, type AttemptState } from './attempt-state.ts';
import { isRunning, type Sitting } from './sittings.ts';

/** What the end of an attempt follows from: the end of its exam, and the changes on its own record. */
type Timed = Pick<AttemptState, 'times' | 'pause' | 'section' | 'given'>;

/** When the attempt ends: milliseconds since 1970, UTC; null before its exam was started, and during a pause. */
export function endOf(attempt: Timed, sitting: Sitting): number | null {
  return attempt.pause ? null : endWithout(attempt, sitting);
}

/** Milliseconds that an attempt still has when its pause ends; null when it is not paused. */
export function leftOf(attempt: Timed, sitting: Sitting): number | null {
  const end = endWithout(attempt, sitting);
  return attempt.pause && end !== null ? Math.max(0, end - attempt.pause.at) : null;
}

/** When a paused attempt is closed if nobody lets it go on; null when it is not paused, and before its exam was started. */
export function forgottenAt({ pause }: Pick<Timed, 'pause'>, { endsAt }: Sitting): number | null {
  return pause && endsAt !== null ? Math.max(pause.at, endsAt) + timePolicyAt(pause.at).pauseLimitMs : null;
}

/** With sections it ends with the last of them, never after the time that the exam has for this attempt. */
function endWithout(attempt: Timed, sitting: Sitting): number | null {
  const { endsAt, sections } = sitting;
  if (endsAt === null) return null;
  const end = attempt.times.reduce((sum, { ms }) => sum + ms, endsAt);
  return sections && attempt.section ? Math.min(end, endOfSections(attempt, sections, sections.length)) : end;
}

/** When the sections before `upTo` are over, from the one that is written now. */
function endOfSections(
  { section, given, times }: Pick<Timed, 'section' | 'given' | 'times'>,
  sections: readonly number[],
  upTo: number,
): number {
  const { number, from } = section ?? { number: 0, from: 0 };
  const byRight = times.reduce((sum, change) => (isByRight(change) ? sum + change.ms : sum), 0);
  return from + given + untilSection(sections, byRight, upTo) - untilSection(sections, byRight, number);
}

/** Milliseconds of the sections before this one: their own time, and their share of what is there by right. */
function untilSection(sections: readonly number[], byRight: number, number: number): number {
  const [all, before] = [sections, sections.slice(0, number)].map((list) =>
    list.reduce((sum, seconds) => sum + seconds, 0),
  ) as [number, number];
  return before * 1000 + Math.floor((byRight * before) / all);
}

/** When the section that is written now ends; null without sections, before the start, and during a pause. */
export function sectionEndOf(attempt: Timed, sitting: Sitting): number | null {
  return attempt.pause ? null : sectionEndWithout(attempt, sitting);
}

/** Milliseconds that the section still has when the pause ends; null when there is no pause or no section. */
export function sectionLeftOf(attempt: Timed, sitting: Sitting): number | null {
  const end = sectionEndWithout(attempt, sitting);
  return attempt.pause && end !== null ? Math.max(0, end - attempt.pause.at) : null;
}

function sectionEndWithout(attempt: Timed, sitting: Sitting): number | null {
  const end = endWithout(attempt, sitting);
  if (!sitting.sections || !attempt.section || end === null) return null;
  return Math.min(end, endOfSections(attempt, sitting.sections, attempt.section.number + 1));
}

/** When the next thing happens to the attempt by the clock alone: its section ends, or all of it, or its pause. */
export function nextEndOf(attempt: Timed, sitting: Sitting): number | null {
  return sectionEndOf(attempt, sitting) ?? endOf(attempt, sitting) ?? forgottenAt(attempt, sitting);
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
