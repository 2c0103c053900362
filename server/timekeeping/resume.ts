import { timePolicyAt, type ClockEvent } from '#bank/protocol';
import type { Uptime } from './uptime.ts';

/** What a server wrote down of its clocks, all at one moment. */
export interface ClockMark {
  /** Server time; milliseconds since 1970, UTC. */
  at: number;
  /** What the clock of its computer said. */
  wall: number;
  uptime: Uptime | null;
}

/** The clocks at a start, and what is on the record of those before. */
interface Found {
  wall: number;
  uptime: Uptime | null;
  /** Null when there is none yet. */
  mark: ClockMark | null;
  /** Server time of the last record of the journal; 0 when there is none. */
  lastAt: number;
  /** Whether an exam is being held. */
  isHeld: boolean;
}

interface Resumed {
  /** Server time from which the clock goes on. */
  time: number;
  /** What has to be seen by people; null when there is nothing. */
  event: ClockEvent | null;
}

/** So far clocks of computers go apart by themselves before they are set right. */
export const CLOCK_TOLERANCE_MS = 1000;

/**
 * Where server time goes on. A computer that has run all the while tells how long the server was really away, whatever
 * its clock says; an exam that is held goes on by that. Otherwise the clock of the computer is all there is: it is
 * believed, but nothing happens before what is on the record, and where an exam is held, people are told of a clock
 * behind the record, and of an absence that is longer than the policy lets pass.
 */
export function resumeTime({ wall, uptime, mark, lastAt, isHeld }: Found): Resumed {
  const seenAt = Math.max(mark?.at ?? 0, lastAt);
  const believed = Math.max(wall, seenAt);
  const passed = passedSince(mark, uptime);
  if (mark && passed !== null) {
    const time = isHeld ? Math.max(mark.at + passed, lastAt) : believed;
    return { time, event: settingOf(mark.at, time, wall - mark.wall - passed) };
  }
  const byMs = wall - seenAt;
  if (seenAt > 0 && byMs < -CLOCK_TOLERANCE_MS)
    return { time: believed, event: { kind: 'behind', from: seenAt, at: believed, byMs } };
  const isLong = seenAt > 0 && byMs > timePolicyAt(seenAt).absenceFromMs;
  return {
    time: believed,
    event: isHeld && isLong ? { kind: 'away', from: seenAt, at: believed, byMs } : null,
  };
}

/** The event of a clock that was set by so many milliseconds; null when that is less than clocks go apart. */
export function settingOf(from: number, at: number, byMs: number): ClockEvent | null {
  return Math.abs(byMs) > CLOCK_TOLERANCE_MS ? { kind: 'set', from, at, byMs } : null;
}

/** Milliseconds that have really passed since the mark; null when nobody can know. */
function passedSince(mark: ClockMark | null, uptime: Uptime | null): number | null {
  if (!mark?.uptime || mark.uptime.boot !== uptime?.boot) return null;
  const passed = uptime.sinceMs - mark.uptime.sinceMs;
  return passed >= 0 ? passed : null;
}
