import type { AnswerSheet, LateEntry } from '#bank/protocol';
import { AnswerBook } from './answer-book.ts';
import { Answer } from './answer.ts';
import type { AttemptState } from './attempt-state.ts';

/** How an attempt stands of which this is the newest sheet: the same as by the records that it was written from. */
export function stateOf(sheet: AnswerSheet): AttemptState {
  const {
    leases = [],
    times = [],
    decisions = [],
    outages = [],
    plays = [],
    section = null,
    given = 0,
    receipt,
    proof,
  } = sheet;
  const last = sheet.transitions.at(-1);
  const timeOf = (word: string) => sheet.transitions.find(({ to }) => to === word)?.at ?? null;
  return {
    phase: last?.to === 'terminated' || last?.to === 'superseded' ? last.to : 'closed',
    leases: leases.map(({ device = '', ...lease }) => ({ ...lease, device })),
    times: times.map(({ decision, ms, reason, at }) => ({ decision, ms, reason, at })),
    decisions,
    pause: null,
    outages,
    plays,
    section,
    given,
    startedAt: timeOf('started'),
    submittedAt: timeOf('submitted'),
    closedAt: last?.at ?? null,
    receipt: receipt !== undefined && proof ? { code: receipt, proof } : null,
  };
}

/** The answers of an attempt from a sheet. Those of an epoch were recorded while it lasted, between two leases. */
export function bookOf({ leases = [], history, late }: AnswerSheet): AnswerBook {
  const book = new AnswerBook();
  let next = 0;
  for (const { epoch } of leases) {
    book.beginEpoch(epoch);
    for (let entry = history[next]; entry?.epoch === epoch; entry = history[++next])
      book.record(Answer.of(entry), entry.at);
    for (const entry of late) if (isPassed(entry) && entry.epoch === epoch) book.hold(Answer.of(entry), true);
  }
  for (const entry of late) if (!isPassed(entry)) book.hold(Answer.of(entry));
  return book;
}

/** Held for its section alone: the device that had the lease goes on in the same epoch. */
function isPassed({ why }: LateEntry): boolean {
  return why === 'section-over';
}
