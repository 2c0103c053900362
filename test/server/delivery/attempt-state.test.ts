import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ATTEMPT_PHASES, DomainError, type AttemptPhase } from '#bank/protocol';
import {
  currentEpoch,
  NEW_ATTEMPT,
  reduceAttempt,
  type AttemptState,
} from '../../../server/delivery/attempt-state.ts';
import { endOf, leftOf } from '../../../server/delivery/fair-time.ts';
import type { AttemptRecord } from '../../../server/delivery/records.ts';
import { TRANSITIONS, type AttemptEvent } from '../../../server/delivery/transitions.ts';

const whose = { exam: 'exam', candidate: 'candidate' };
const receipt = { code: '0123456789AB', proof: { jws: 'a.b.c', salt: 's' } };
const base = { attempt: 'a', at: 7 };
const lease = (epoch: number, at = 7): AttemptRecord => ({
  ...base,
  at,
  type: 'lease',
  data: { epoch, device: `device ${epoch}`, voided: [] },
});
const signed = (decision: string) => ({ ...whose, decision, by: 'proctor', jws: 'a.b.c' });

/** A record that brings each event about, for an attempt in this state. */
function recordOf(event: AttemptEvent, state: AttemptState, at = 7): AttemptRecord {
  const decision = `decision ${state.decisions.length}`;
  const records: Record<AttemptEvent, AttemptRecord> = {
    seat: lease(currentEpoch(state) + 1, at),
    start: { ...base, at, type: 'start', data: whose },
    section: {
      ...base,
      at,
      type: 'section',
      data: { ...whose, number: (state.section?.number ?? 0) + 1, from: at, by: 'time' },
    },
    lose: { ...base, at, type: 'line', data: { ...whose, is: 'lost', from: at, cause: 'line' } },
    regain: { ...base, at, type: 'line', data: { ...whose, is: 'back' } },
    pause: { ...base, at, type: 'pause', data: { ...signed(decision), reason: 'alarm' } },
    resume: { ...base, at, type: 'resume', data: signed(decision) },
    submit: { ...base, at, type: 'submit', data: { ...whose, lastSeq: 1, receipt } },
    close: { ...base, at, type: 'close', data: { ...whose, receipt: null, lost: null } },
    terminate: {
      ...base,
      at,
      type: 'terminate',
      data: { ...signed(decision), reason: 'rule-breach', receipt },
    },
    supersede: { ...base, at, type: 'supersede', data: { ...whose, by: 'another' } },
  };
  return records[event];
}

const EVENTS = [
  'seat',
  'start',
  'section',
  'lose',
  'regain',
  'pause',
  'resume',
  'submit',
  'close',
  'terminate',
  'supersede',
] as const satisfies AttemptEvent[];
const answer: AttemptRecord = {
  ...base,
  type: 'answer',
  data: { epoch: 1, seq: 1, slot: 0, response: null },
};
const illegal = expect.objectContaining({ code: 'illegal-transition', status: 409 });
const after = (...events: AttemptEvent[]) =>
  events.reduce((state, event, at) => reduceAttempt(state, recordOf(event, state, at)), NEW_ATTEMPT);

/** One way into each phase. */
const WAYS: Record<AttemptPhase, AttemptEvent[]> = {
  admitted: [],
  waiting: ['seat'],
  running: ['seat', 'start'],
  paused: ['seat', 'start', 'pause'],
  disconnected: ['seat', 'start', 'lose'],
  submitted: ['seat', 'start', 'submit'],
  closed: ['seat', 'start', 'close'],
  terminated: ['seat', 'start', 'terminate'],
  superseded: ['seat', 'start', 'supersede'],
};
const table = TRANSITIONS as Record<AttemptPhase, Partial<Record<AttemptEvent, string>>>;

describe('an attempt', () => {
  it('goes from its seat over running and submitted to closed, and keeps the times', () => {
    expect(after('seat', 'start', 'submit', 'close')).toMatchObject({
      phase: 'closed',
      startedAt: 1,
      submittedAt: 2,
      closedAt: 3,
      receipt,
    });
  });

  it('has these transitions and no others', () => {
    const all = ATTEMPT_PHASES.map((phase) => `${phase}: ${Object.keys(table[phase]).join(' ')}`.trim());
    expect(all).toEqual([
      'admitted: seat start pause close terminate supersede',
      'waiting: seat start pause close terminate supersede',
      'running: seat section lose pause submit close terminate supersede',
      'paused: seat resume close terminate supersede',
      'disconnected: seat section regain pause submit close terminate supersede',
      'submitted: close supersede',
      'closed:',
      'terminated:',
      'superseded:',
    ]);
  });

  const pairs = ATTEMPT_PHASES.flatMap((phase) => EVENTS.map((event) => ({ phase, event })));
  it.each(pairs)('while $phase, $event leads where the table says or is refused', ({ phase, event }) => {
    const state = after(...WAYS[phase]);
    expect(state.phase).toBe(phase);
    const next = () => reduceAttempt(state, recordOf(event, state, 9));
    const target = table[phase][event];
    const before = target === 'before the pause' ? 'running' : target;
    expect(target === undefined ? isIllegal(next) : next().phase).toBe(before ?? true);
  });

  it.each(ATTEMPT_PHASES)('takes answers only while it is running, with a line or without: %s', (phase) => {
    const state = after(...WAYS[phase]);
    const isTaken = !isIllegal(() => reduceAttempt(state, answer));
    expect(isTaken).toBe(phase === 'running' || phase === 'disconnected');
  });

  it('counts the epochs of its devices from 1 without a gap, and takes none after its end', () => {
    const second = after('seat', 'seat');
    expect(currentEpoch(NEW_ATTEMPT)).toBe(0);
    expect(currentEpoch(second)).toBe(2);
    expect(() => reduceAttempt(second, lease(2))).toThrow(illegal);
    expect(() => reduceAttempt(second, lease(4))).toThrow(illegal);
    expect(() => reduceAttempt(after('seat', 'start', 'close'), lease(2))).toThrow(illegal);
  });

  it('goes on after a pause where it was, and counts no decision twice', () => {
    expect(after('pause', 'resume').phase).toBe('admitted');
    expect(after('seat', 'pause', 'resume').phase).toBe('waiting');
    expect(after('pause', 'seat', 'resume').phase).toBe('waiting');
    expect(after('seat', 'start', 'lose', 'pause', 'resume').phase).toBe('running');
    const paused = after('seat', 'start', 'pause');
    const again = recordOf('resume', { ...paused, decisions: [] });
    expect(() => reduceAttempt(paused, again)).toThrow(illegal);
  });

  it('notes how long the line was gone, and leaves an outage open that lasts to the end', () => {
    expect(after('seat', 'start', 'lose', 'regain', 'lose', 'pause').outages).toEqual([
      { from: 2, to: 3, cause: 'line' },
      { from: 4, to: 5, cause: 'line' },
    ]);
    expect(after('seat', 'start', 'lose', 'close').outages).toEqual([{ from: 2, to: null, cause: 'line' }]);
    const running = after('seat', 'start');
    const close: AttemptRecord = {
      ...base,
      type: 'close',
      data: { ...whose, receipt, lost: { from: 5, cause: 'server' } },
    };
    expect(reduceAttempt(running, close).outages).toEqual([{ from: 5, to: null, cause: 'server' }]);
  });

  it('does not change the state it was given', () => {
    const before = structuredClone(NEW_ATTEMPT);
    after('seat', 'start', 'lose', 'pause', 'resume');
    expect(NEW_ATTEMPT).toEqual(before);
  });
});

interface Step {
  event: AttemptEvent;
  wait: number;
}
const steps = fc.array(
  fc.record({ event: fc.constantFrom(...EVENTS), wait: fc.integer({ min: 1, max: 1000 }) }),
  { maxLength: 40 },
);
const SITTING = { exam: 'exam', startsAt: 0, endsAt: 100_000, isOpen: true, needsBoth: false };

function isIllegal(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch (error) {
    return error instanceof DomainError && error.code === 'illegal-transition';
  }
}

/** Applies what is allowed, sees the rest refused, and counts with a stopwatch for how long the clock stood still. */
function play(all: readonly Step[]) {
  let [state, now, stopped, standing] = [NEW_ATTEMPT, 0, 0, 0];
  const records: AttemptRecord[] = [];
  for (const { event, wait } of all) {
    standing = state.phase === 'paused' ? standing + wait : 0;
    now += wait;
    const record = recordOf(event, state, now);
    if (!(event in table[state.phase])) {
      assert.ok(isIllegal(() => reduceAttempt(state, record)));
      continue;
    }
    state = reduceAttempt(state, record);
    records.push(record);
    if (event === 'resume') stopped += standing;
  }
  return { state, stopped: state.phase === 'paused' ? stopped + standing : stopped, now, records };
}

/** Whether outages follow each other, and only the last of them may be open. */
function areInOrder(outages: AttemptState['outages']): boolean {
  return outages.every(({ from, to }, index) => {
    const next = outages[index + 1];
    return !next || (to !== null && from <= to && to <= next.from);
  });
}

describe('an attempt after any events', () => {
  it('ends as much later as its clock stood still', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { state, stopped, now } = play(all);
        const left = leftOf(state, SITTING);
        expect(endOf(state, SITTING) ?? now + (left ?? 0)).toBe(SITTING.endsAt + stopped);
        expect(state.phase === 'paused').toBe(left !== null);
      }),
      { numRuns: 500 },
    );
    expect.hasAssertions();
  });

  it('is the same when it is built again from its records, cut anywhere', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (all, cut) => {
        const { state, records } = play(all);
        const at = records.length === 0 ? 0 : cut % records.length;
        const half = records.slice(0, at).reduce(reduceAttempt, NEW_ATTEMPT);
        expect(records.slice(at).reduce(reduceAttempt, half)).toEqual(state);
      }),
      { numRuns: 200 },
    );
    expect.hasAssertions();
  });

  it('has outages one after the other, and an open one only without a line', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const { outages, phase } = play(all).state;
        expect(areInOrder(outages)).toBe(true);
        const hasLine = ['waiting', 'running', 'paused', 'submitted'].includes(phase);
        expect(hasLine && outages.at(-1)?.to === null).toBe(false);
      }),
      { numRuns: 500 },
    );
    expect.hasAssertions();
  });
});
