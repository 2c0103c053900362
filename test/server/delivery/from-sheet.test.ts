import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AnswerSheet, LateRuling } from '#bank/protocol';
import { AnswerBook } from '../../../server/delivery/answer-book.ts';
import { Answer } from '../../../server/delivery/answer.ts';
import {
  currentEpoch,
  NEW_ATTEMPT,
  reduceAttempt,
  type AttemptState,
} from '../../../server/delivery/attempt-state.ts';
import { bookOf, stateOf } from '../../../server/delivery/from-sheet.ts';
import type { AttemptRecord } from '../../../server/delivery/records.ts';
import { buildSheet, lateKey, lateOf, withRuling } from '../../../server/delivery/sheet.ts';
import { allows, isFinal, isWriting, type AttemptEvent } from '../../../server/delivery/transitions.ts';

const ATTEMPT = 'a';
const whose = { exam: 'exam', candidate: 'candidate' };
const paper = { ...whose, paperHash: 'hash', kinds: [], partCounts: [], branches: [], firstSlots: [] };
const SLOTS = 3;
const MOST_SEQ = 9;

/** An attempt that is made up record by record, as the server makes it. */
class Play {
  readonly records: AttemptRecord[] = [];
  state: AttemptState = NEW_ATTEMPT;
  readonly book = new AnswerBook();
  #at = 1000;

  get at(): number {
    return (this.#at += 10);
  }

  put(record: AttemptRecord): void {
    this.state = reduceAttempt(this.state, record);
    this.records.push(record);
    if (record.type === 'lease') this.book.beginEpoch(record.data.epoch);
    if (record.type === 'answer') this.book.record(Answer.of(record.data), record.at);
    if (record.type === 'late') this.book.hold(Answer.of(record.data), record.data.reason === 'section-over');
  }

  happen(event: AttemptEvent): void {
    if (allows(this.state.phase, event)) this.put(recordOf(event, this));
  }

  decideTime(ms: number): void {
    if (!allows(this.state.phase, 'seat')) return;
    const { at } = this;
    const change = { decision: `time ${at}`, ms, reason: 'alarm' as const, at };
    this.put({ attempt: ATTEMPT, type: 'time', at, data: { ...whose, change, by: 'proctor', jws: 'j' } });
  }

  listen(number: number): void {
    if (!isWriting(this.state.phase)) return;
    const data = { media: 'recording', play: `play ${number}`, number };
    this.put({ attempt: ATTEMPT, type: 'play', at: this.at, data });
  }

  /** In time, in its section and from the device with the lease it is an answer, else it is held. */
  save(behind: number, seq: number, slot: number, text: string, isPassed = false): void {
    const epoch = Math.max(1, currentEpoch(this.state) - behind);
    const answer = new Answer(epoch, seq, slot, { x: text });
    if (this.book.standing(answer) !== 'new') return;
    const data = { epoch, seq, slot, response: answer.response };
    const base = { attempt: ATTEMPT, at: this.at };
    if (epoch === currentEpoch(this.state) && isWriting(this.state.phase))
      this.put(
        isPassed
          ? { ...base, type: 'late', data: { ...data, reason: 'section-over' } }
          : { ...base, type: 'answer', data },
      );
    else if (epoch < currentEpoch(this.state) || isFinal(this.state.phase))
      this.put({ ...base, type: 'late', data: { ...data, reason: 'superseded' } });
  }
}

function recordOf(event: AttemptEvent, play: Play): AttemptRecord {
  const { state, book, at } = play;
  const decision = `${event} ${at}`;
  const signed = { ...whose, decision, by: 'proctor', jws: 'j' };
  const receipt = isWriting(state.phase) ? { code: `code ${at}`, proof: { jws: 'r', salt: 's' } } : null;
  const base = { attempt: ATTEMPT, at };
  const lost = at % 20 === 0 ? { from: at - 5, cause: 'line' as const } : null;
  const records: Record<AttemptEvent, () => AttemptRecord> = {
    seat: () => {
      const epoch = currentEpoch(state) + 1;
      return { ...base, type: 'lease', data: { epoch, device: `device ${at}`, voided: book.gaps() } };
    },
    start: () => ({ ...base, type: 'start', data: whose }),
    section: () => {
      const number = (state.section?.number ?? 0) + 1;
      return { ...base, type: 'section', data: { ...whose, number, from: at, by: 'time' } };
    },
    lose: () => ({ ...base, type: 'line', data: { ...whose, is: 'lost', from: at - 5, cause: 'line' } }),
    regain: () => ({ ...base, type: 'line', data: { ...whose, is: 'back' } }),
    pause: () => ({ ...base, type: 'pause', data: { ...signed, reason: 'alarm' } }),
    resume: () => ({ ...base, type: 'resume', data: signed }),
    submit: () => {
      const code = { code: `code ${at}`, proof: { jws: 'r', salt: 's' } };
      return { ...base, type: 'submit', data: { ...whose, lastSeq: book.watermark, receipt: code } };
    },
    close: () => ({ ...base, type: 'close', data: { ...whose, receipt, lost } }),
    terminate: () => ({ ...base, type: 'terminate', data: { ...signed, reason: 'rule-breach', receipt } }),
    supersede: () => ({ ...base, type: 'supersede', data: { ...whose, by: 'another' } }),
  };
  return records[event]();
}

type Step = (play: Play) => void;

const COMMON: AttemptEvent[] = ['seat', 'start', 'section', 'lose', 'regain', 'pause', 'resume'];
const LAST: AttemptEvent[] = ['submit', 'terminate', 'supersede'];
const saves: fc.Arbitrary<Step> = fc
  .tuple(
    fc.constantFrom(0, 0, 0, 1, 2),
    fc.integer({ min: 1, max: MOST_SEQ }),
    fc.nat(SLOTS - 1),
    fc.constantFrom('1', '2,5', 'ba'),
    fc.nat(4).map((one) => one === 0),
  )
  .map(
    ([behind, seq, slot, text, isPassed]) =>
      (play) =>
        play.save(behind, seq, slot, text, isPassed),
  );
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: saves },
  {
    weight: 5,
    arbitrary: fc.constantFrom(...COMMON).map((event) => (play: Play) => play.happen(event)),
  },
  { weight: 1, arbitrary: fc.nat(600).map((ms) => (play: Play) => play.decideTime(ms)) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }).map((n) => (play: Play) => play.listen(n)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...LAST).map((event) => (play: Play) => play.happen(event)),
  },
);

/** All that delivery asks a book for. */
function told(book: AnswerBook, epochs: number) {
  const standings: string[] = [];
  for (let epoch = 0; epoch <= epochs + 1; epoch++)
    for (let seq = 1; seq <= MOST_SEQ + 1; seq++)
      for (let slot = 0; slot < SLOTS; slot++)
        for (const x of ['1', '2,5', 'ba', 'other'])
          standings.push(book.standing(new Answer(epoch, seq, slot, { x })));
  return {
    standings,
    watermark: book.watermark,
    watermarks: Array.from({ length: epochs + 2 }, (_, epoch) => book.watermarkOf(epoch)),
    held: book.heldCount,
    bytes: book.bytes,
    nextSeq: book.nextSeq,
    gaps: book.gaps(),
    latest: [...book.latest],
    summary: book.latest.summary(Infinity),
  };
}

it('an attempt by its newest sheet and what came late since is what it is by all its records', () => {
  const plays = fc.record({
    before: fc.array(steps, { maxLength: 40 }),
    after: fc.array(saves, { maxLength: 8 }),
    takenIn: fc.nat(8),
    kept: fc.nat(60),
    isRuled: fc.boolean(),
  });
  fc.assert(
    fc.property(plays, ({ before, after, takenIn, kept, isRuled }) => {
      const play = new Play();
      for (const step of before) step(play);
      // a pause is over before an exam can close
      play.happen('resume');
      play.happen('close');
      const atClose = [...play.records];
      for (const step of after) step(play);
      const { records, state, book } = play;

      let newest: AnswerSheet = buildSheet(ATTEMPT, paper, atClose);
      const late = lateOf(newest, records);
      newest = { ...newest, late: late.slice(0, Math.max(newest.late.length, takenIn)) };
      const upTo = newest.late.length;
      const ruling: LateRuling = { verdict: 'leave-out', upTo, at: 1, policy: 'p' };
      if (isRuled && upTo > 0) newest = withRuling(newest, ruling);
      const stored = JSON.parse(JSON.stringify(newest)) as AnswerSheet;
      // everything that is on the sheet may be gone, from the oldest on
      const onSheet = new Set(stored.late.map(lateKey));
      const needed = records.findIndex(
        (record) => record.type === 'late' && !onSheet.has(lateKey(record.data)),
      );
      const left = records.slice(Math.min(kept, needed === -1 ? records.length : needed));
      const sheet = { ...stored, late: lateOf(stored, left) };

      expect(stateOf(sheet)).toEqual(state);
      expect(told(bookOf(sheet), state.leases.length)).toEqual(told(book, state.leases.length));
    }),
    { numRuns: 400 },
  );
});
