import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timePolicyAt } from '#bank/protocol';
import { resumeTime } from '../../../server/timekeeping/resume.ts';

const HOUR = 3_600_000;
const T = Date.UTC(2026, 5, 10, 1);
const mark = { at: T, wall: T, uptime: { boot: 'a', sinceMs: 5 * HOUR } };
const held = { mark, lastAt: T + 2000, isHeld: true };
/** The same run of the computer, so much later. */
const later = (ms: number) => ({ boot: 'a', sinceMs: mark.uptime.sinceMs + ms });
const other = { boot: 'b', sinceMs: 60_000 };

describe('server time of an exam that is held', () => {
  it('goes on by the time that has really passed, wherever the clock was set', () => {
    const moves = fc.integer({ min: -1000 * HOUR, max: 1000 * HOUR });
    fc.assert(
      fc.property(moves, fc.integer({ min: 2000, max: 10 * HOUR }), (byMs, passed) => {
        const { time, event } = resumeTime({ ...held, wall: T + passed + byMs, uptime: later(passed) });
        expect(time).toBe(T + passed);
        expect(event).toEqual(Math.abs(byMs) > 1000 ? { kind: 'set', from: T, at: T + passed, byMs } : null);
      }),
    );
  });

  it('keeps a difference that was there before, and tells it no second time', () => {
    const set = { ...mark, wall: T + HOUR };
    const found = resumeTime({ ...held, mark: set, wall: T + HOUR + 5000, uptime: later(5000) });
    expect(found).toEqual({ time: T + 5000, event: null });
  });

  it('never goes behind what is on the record', () => {
    fc.assert(
      fc.property(
        fc.option(fc.constant(mark), { nil: null }),
        fc.constantFrom(null, other, later(0), later(3000), later(-1000)),
        fc.integer({ min: -HOUR, max: HOUR }),
        fc.boolean(),
        (before, uptime, byMs, isHeld) => {
          const found = { mark: before, uptime, wall: T + byMs, lastAt: T + 2000, isHeld };
          expect(resumeTime(found).time).toBeGreaterThanOrEqual(T + 2000);
        },
      ),
    );
  });

  it.each([
    ['after another start of the computer', other],
    ['where the system does not tell how long it runs', null],
    ['where that has gone back', later(-1000)],
  ])('can only believe the clock %s, and an absence is told', (_, uptime) => {
    const { absenceFromMs } = timePolicyAt(T);
    const end = T + 2000 + absenceFromMs;
    expect(resumeTime({ ...held, wall: end, uptime })).toEqual({ time: end, event: null });
    expect(resumeTime({ ...held, wall: end + 1, uptime })).toEqual({
      time: end + 1,
      event: { kind: 'away', from: T + 2000, at: end + 1, byMs: absenceFromMs + 1 },
    });
  });

  it('goes on where the record ends when the clock is behind it, and that is told', () => {
    expect(resumeTime({ ...held, wall: T - HOUR, uptime: other })).toEqual({
      time: T + 2000,
      event: { kind: 'behind', from: T + 2000, at: T + 2000, byMs: -HOUR - 2000 },
    });
  });
});

describe('server time while no exam is held', () => {
  const idle = { ...held, isHeld: false };

  it('is that of the computer again, whose setting is told', () => {
    const found = resumeTime({ ...idle, wall: T + HOUR + 5000, uptime: later(5000) });
    expect(found).toEqual({
      time: T + HOUR + 5000,
      event: { kind: 'set', from: T, at: T + HOUR + 5000, byMs: HOUR },
    });
  });

  it('follows a computer that was off for days without a word', () => {
    expect(resumeTime({ ...idle, wall: T + 99 * HOUR, uptime: other })).toEqual({
      time: T + 99 * HOUR,
      event: null,
    });
  });

  it('is that of the computer at the first start', () => {
    expect(resumeTime({ ...idle, mark: null, lastAt: 0, wall: T, uptime: other })).toEqual({
      time: T,
      event: null,
    });
  });
});
