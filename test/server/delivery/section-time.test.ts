import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TimeReason } from '#bank/protocol';
import { NEW_ATTEMPT, reduceAttempt, type AttemptState } from '../../../server/delivery/attempt-state.ts';
import { endOf, leftOf, sectionEndOf, sectionLeftOf } from '../../../server/delivery/fair-time.ts';
import type { AttemptRecord } from '../../../server/delivery/records.ts';

const whose = { exam: 'exam', candidate: 'candidate' };
const signed = (decision: string) => ({ ...whose, decision, by: 'proctor', jws: 'a.b.c' });
const base = { attempt: 'a' };

type Act = 'leave' | 'pause' | 'resume' | 'more' | 'wait';
interface Step {
  act: Act;
  wait: number;
}

const steps = fc.array(
  fc.record({
    act: fc.constantFrom<Act>('leave', 'pause', 'resume', 'more', 'wait'),
    wait: fc.integer({ min: 1, max: 9000 }),
  }),
  { maxLength: 40 },
);
const sections = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 });

/** A clock that somebody holds: what is left of each section runs down while it is written, and at no other time. */
class Stopwatch {
  current = 0;
  isPaused = false;
  readonly left: number[];

  constructor(seconds: readonly number[], percent: number) {
    const all = seconds.reduce((sum, one) => sum + one, 0) * 1000;
    const more = (all * percent) / 100;
    let before = 0;
    this.left = seconds.map((one) => {
      const [from, to] = [before, (before += one * 1000)];
      return one * 1000 + Math.floor((more * to) / all) - Math.floor((more * from) / all);
    });
  }

  get now(): number {
    return this.left[this.current] ?? 0;
  }

  get rest(): number {
    return this.left.slice(this.current).reduce((sum, one) => sum + one, 0);
  }

  /** The section ends at most; what is over of the wait begins the next. */
  pass(ms: number, next: (left: number) => void): void {
    if (this.isPaused) return;
    let open = ms;
    while (open >= this.now && this.current < this.left.length - 1) {
      open -= this.now;
      this.left[this.current++] = 0;
      next(open);
    }
    this.left[this.current] = Math.max(0, this.now - open);
  }
}

function play(seconds: readonly number[], percent: number, all: readonly Step[]) {
  const duration = seconds.reduce((sum, one) => sum + one, 0) * 1000;
  // Ends late enough not to be what ends the attempt: that is for another test.
  const sitting = {
    exam: 'exam',
    startsAt: 0,
    endsAt: 10_000_000,
    sections: seconds,
    isOpen: true,
    needsBoth: false,
  };
  const watch = new Stopwatch(seconds, percent);
  const records: AttemptRecord[] = [];
  let [state, now] = [NEW_ATTEMPT, 0];
  const add = (record: AttemptRecord) => {
    state = reduceAttempt(state, record);
    records.push(record);
  };
  const section = (from: number, by: 'time' | 'candidate') =>
    add({
      ...base,
      at: now,
      type: 'section',
      data: { ...whose, number: (state.section?.number ?? 0) + 1, from, by },
    });
  const more = (ms: number, reason: TimeReason) => {
    const decision = `time ${records.length}`;
    add({
      ...base,
      at: now,
      type: 'time',
      data: { ...whose, change: { decision, ms, reason, at: now }, by: 'p', jws: 'a.b.c' },
    });
  };
  add({ ...base, at: now, type: 'start', data: whose });
  if (percent > 0) more((duration * percent) / 100, 'accommodation');
  for (const { act, wait } of all) {
    now += wait;
    watch.pass(wait, (left) => section(now - left, 'time'));
    if (watch.rest === 0) break;
    const mayAct = !watch.isPaused && watch.now > 0;
    if (act === 'leave' && mayAct && watch.current < seconds.length - 1) {
      watch.left[watch.current++] = 0;
      section(now, 'candidate');
    } else if (act === 'more' && mayAct) {
      watch.left[watch.current] = watch.now + 700;
      more(700, 'outage');
    } else if (act === 'pause' && mayAct) {
      watch.isPaused = true;
      const decision = `pause ${records.length}`;
      add({ ...base, at: now, type: 'pause', data: { ...signed(decision), reason: 'alarm' } });
    } else if (act === 'resume' && watch.isPaused) {
      watch.isPaused = false;
      add({ ...base, at: now, type: 'resume', data: signed(`resume ${records.length}`) });
    }
  }
  return { state, sitting, watch, records, now };
}

it('gives each section its own time, and the attempt that of all of them, as a stopwatch does', () => {
  fc.assert(
    fc.property(sections, fc.constantFrom(0, 25, 50, 33), steps, (seconds, percent, all) => {
      const { state, sitting, watch, now } = play(seconds, percent, all);
      expect(state.section?.number).toBe(watch.current);
      const sectionLeft = sectionLeftOf(state, sitting) ?? (sectionEndOf(state, sitting) ?? NaN) - now;
      const left = leftOf(state, sitting) ?? (endOf(state, sitting) ?? NaN) - now;
      // After the last section's end both go on into the past, where a stopwatch stands at 0.
      expect(Math.max(0, sectionLeft)).toBe(watch.now);
      expect(Math.max(0, left)).toBe(watch.rest);
    }),
    { numRuns: 1000 },
  );
  expect.hasAssertions();
});

it('follows from the records alone, cut anywhere', () => {
  fc.assert(
    fc.property(sections, steps, fc.nat(), (seconds, all, cut) => {
      const { state, records } = play(seconds, 25, all);
      const at = cut % records.length;
      const half: AttemptState = records.slice(0, at).reduce(reduceAttempt, NEW_ATTEMPT);
      expect(records.slice(at).reduce(reduceAttempt, half)).toEqual(state);
    }),
    { numRuns: 200 },
  );
  expect.hasAssertions();
});

it('takes sections in their order, each once, and none before the start or in a pause', () => {
  const illegal = expect.objectContaining({ code: 'illegal-transition' });
  const section = (number: number): AttemptRecord => ({
    ...base,
    at: 5,
    type: 'section',
    data: { ...whose, number, from: 5, by: 'time' },
  });
  const started = reduceAttempt(NEW_ATTEMPT, { ...base, at: 1, type: 'start', data: whose });
  const second = reduceAttempt(started, section(1));
  expect(second.section).toEqual({ number: 1, from: 5 });
  for (const number of [0, 1, 3]) expect(() => reduceAttempt(second, section(number))).toThrow(illegal);
  expect(() => reduceAttempt(NEW_ATTEMPT, section(1))).toThrow(illegal);
  const paused = reduceAttempt(started, {
    ...base,
    at: 3,
    type: 'pause',
    data: { ...signed('p'), reason: 'alarm' },
  });
  expect(() => reduceAttempt(paused, section(1))).toThrow(illegal);
});

it('ends no section after the attempt itself', () => {
  const sitting = {
    exam: 'exam',
    startsAt: 0,
    endsAt: 10_000,
    sections: [6, 4],
    isOpen: true,
    needsBoth: false,
  };
  const late = reduceAttempt(NEW_ATTEMPT, { ...base, at: 7000, type: 'start', data: whose });
  expect(sectionEndOf(late, sitting)).toBe(10_000);
  expect(endOf(late, sitting)).toBe(10_000);
});
