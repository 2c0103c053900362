import { describe, expect, it } from 'vitest';
import { ATTEMPT_PHASES } from '#bank/protocol';
import {
  currentEpoch,
  NEW_ATTEMPT,
  reduceAttempt,
  TRANSITIONS,
  type AttemptState,
} from '../../../server/delivery/attempt-state.ts';
import type { AttemptRecord } from '../../../server/delivery/records.ts';

const whose = { exam: 'exam', candidate: 'candidate' };
const receipt = { code: '0123456789AB', proof: { jws: 'a.b.c', salt: 's' } };
const base = { attempt: 'a', at: 7 };
const records = {
  start: { ...base, type: 'start', data: whose },
  submit: { ...base, type: 'submit', data: { ...whose, lastSeq: 1, receipt } },
  close: { ...base, type: 'close', data: { ...whose, receipt: null } },
} satisfies Record<string, AttemptRecord>;
const answer: AttemptRecord = {
  ...base,
  type: 'answer',
  data: { epoch: 1, seq: 1, slot: 0, response: null },
};
const lease = (epoch: number): AttemptRecord => ({
  ...base,
  type: 'lease',
  data: { epoch, device: `device ${epoch}`, voided: [] },
});

const inPhase = (phase: AttemptState['phase']): AttemptState => ({ ...NEW_ATTEMPT, phase });
const illegal = expect.objectContaining({ code: 'illegal-transition', status: 409 });

describe('an attempt', () => {
  it('goes from waiting over running and submitted to closed, and keeps the times', () => {
    const states = [records.start, records.submit, records.close].reduce<AttemptState[]>(
      (all, record, index) => [...all, reduceAttempt(all[index] ?? NEW_ATTEMPT, { ...record, at: index })],
      [NEW_ATTEMPT],
    );
    expect(states.map(({ phase }) => phase)).toEqual(['waiting', 'running', 'submitted', 'closed']);
    expect(states.at(-1)).toMatchObject({ startedAt: 0, submittedAt: 1, closedAt: 2, receipt });
  });

  const pairs = ATTEMPT_PHASES.flatMap((phase) =>
    (['start', 'submit', 'close'] as const).map((transition) => ({ phase, transition })),
  );
  const allowed = pairs.filter(({ phase, transition }) => TRANSITIONS[phase][transition]);
  const refused = pairs.filter(({ phase, transition }) => !TRANSITIONS[phase][transition]);

  it('has these transitions and no others', () => {
    expect(allowed.map(({ phase, transition }) => `${phase} ${transition}`)).toEqual([
      'waiting start',
      'waiting close',
      'running submit',
      'running close',
      'submitted close',
    ]);
  });

  it.each(allowed)('goes on from $phase by $transition', ({ phase, transition }) => {
    expect(reduceAttempt(inPhase(phase), records[transition]).phase).toBe(TRANSITIONS[phase][transition]);
  });

  it.each(refused)('refuses $transition while $phase', ({ phase, transition }) => {
    expect(() => reduceAttempt(inPhase(phase), records[transition])).toThrow(illegal);
  });

  it('takes answers only while it is running', () => {
    expect(reduceAttempt(inPhase('running'), answer).phase).toBe('running');
    for (const phase of ['waiting', 'submitted', 'closed'] as const) {
      expect(() => reduceAttempt(inPhase(phase), answer)).toThrow(illegal);
    }
  });

  it('counts the epochs of its devices from 1 without a gap, and takes none after its end', () => {
    const second = reduceAttempt(reduceAttempt(NEW_ATTEMPT, lease(1)), lease(2));
    expect(currentEpoch(NEW_ATTEMPT)).toBe(0);
    expect(currentEpoch(second)).toBe(2);
    expect(() => reduceAttempt(second, lease(2))).toThrow(illegal);
    expect(() => reduceAttempt(second, lease(4))).toThrow(illegal);
    expect(() => reduceAttempt(inPhase('closed'), lease(1))).toThrow(illegal);
  });

  it('does not change the state it was given', () => {
    const before = structuredClone(NEW_ATTEMPT);
    reduceAttempt(NEW_ATTEMPT, records.start);
    reduceAttempt(NEW_ATTEMPT, lease(1));
    expect(NEW_ATTEMPT).toEqual(before);
  });
});
