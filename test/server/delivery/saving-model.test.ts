import canonicalize from 'canonicalize';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { DomainError, type Save, type SentEntry } from '#bank/protocol';
import type { PositionedRecord } from '#server/storage';
import { openPorts } from '../../support/ports.ts';
import { DURATION_MS, proctor, seat, seatExam, startOn, type Candidate, type World } from './world.ts';

/** The record of an attempt, read as slowly and plainly as possible. */
class Reference {
  readonly leases: { epoch: number; voided: [number, number][] }[] = [];
  readonly answers: (SentEntry & { epoch: number; from: number })[] = [];
  readonly held: (SentEntry & { epoch: number })[] = [];
  readonly count: number;
  isSubmitted = false;

  constructor(records: readonly PositionedRecord[]) {
    this.count = records.length;
    for (const { type, data } of records) {
      if (type === 'lease') this.leases.push(data as never);
      if (type === 'answer') this.answers.push({ ...(data as SentEntry & { epoch: number }), from: 0 });
      if (type === 'late') this.held.push(data as never);
      if (type === 'submit') this.isSubmitted = true;
    }
  }

  get epoch(): number {
    return this.leases.length;
  }

  /** Numbers that will never be missed, as far as they were known while this epoch lasted. */
  settled(epoch: number): Set<number> {
    const numbers = this.answers.filter((answer) => answer.epoch <= epoch).map(({ seq }) => seq);
    for (const { voided } of this.leases.slice(0, epoch)) {
      for (const [from, to] of voided) for (let seq = from; seq <= to; seq++) numbers.push(seq);
    }
    return new Set(numbers);
  }

  watermark(epoch: number): number {
    const settled = this.settled(epoch);
    let mark = 0;
    while (settled.has(mark + 1)) mark++;
    return mark;
  }

  highest(epoch: number): number {
    return Math.max(0, ...this.settled(epoch));
  }

  /** What a save must be answered with. */
  judge({ epoch, entries }: Save, isOver: boolean): string {
    const same = (a: SentEntry, b: SentEntry) => content(a) === content(b);
    if (entries.some((a) => entries.some((b) => a.seq === b.seq && !same(a, b)))) return 'sequence-conflict';
    if (epoch > this.epoch) return 'not-joined';
    const first = this.highest(epoch - 1) + 1;
    const standings = entries.map((entry) => {
      const held = this.held.find((one) => one.epoch === epoch && one.seq === entry.seq);
      if (held) return same(held, entry) ? 'held' : 'other';
      const known = this.answers.find((one) => one.epoch === epoch && one.seq === entry.seq);
      if (known) return same(known, entry) ? 'same' : 'other';
      return entry.seq < first ? 'other' : 'new';
    });
    if (standings.includes('other')) return 'sequence-conflict';
    if (standings.every((standing) => standing === 'same')) return 'ok';
    if (entries.some(({ slot }, i) => standings[i] === 'new' && (slot === 0 || slot > 6)))
      return 'no-such-slot';
    if (epoch < this.epoch) return 'superseded';
    if (this.isSubmitted) return 'already-submitted';
    return isOver ? 'after-deadline' : 'ok';
  }

  latest(): Map<number, Pick<SentEntry, 'seq' | 'response'>> {
    const latest = new Map<number, Pick<SentEntry, 'seq' | 'response'>>();
    for (const { slot, seq, response } of this.answers.toSorted((a, b) => a.seq - b.seq)) {
      latest.set(slot, { seq, response });
    }
    return latest;
  }
}

function content({ slot, response }: SentEntry): string {
  return canonicalize([slot, response]) ?? '';
}

type Step =
  | { do: 'join'; device: string }
  | { do: 'save'; behind: number; entries: { ahead: number; slot: number; text: string }[] }
  | { do: 'resend'; which: number }
  | { do: 'reorder'; which: number }
  | { do: 'submit' }
  | { do: 'restart' }
  | { do: 'wait' };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('join' as const), device: fc.constantFrom('A', 'B') }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('save' as const),
      behind: fc.constantFrom(0, 0, 0, 0, 1, -1),
      entries: fc.array(
        fc.record({
          ahead: fc.integer({ min: -2, max: 4 }),
          slot: fc.constantFrom(4, 5, 4, 5, 4, 5, 4, 5, 0, 7),
          text: fc.constantFrom('1', '2,5', 'ba'),
        }),
        { minLength: 1, maxLength: 4 },
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resend' as const), which: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reorder' as const), which: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
  { weight: 1, arbitrary: fc.constantFrom({ do: 'submit' as const }, { do: 'wait' as const }) },
);

const HELD: string[] = ['superseded', 'already-submitted', 'after-deadline'];

it('keeps every acknowledged answer and acknowledges nothing else, whatever is sent in whatever order', async () => {
  const disk = await openPorts();
  let world: World = await startOn(disk);

  /** One attempt and what has been sent for it. */
  interface Play {
    candidate: Candidate;
    sent: Save[];
    isOver: boolean;
  }

  const reference = async ({ candidate }: Play) => new Reference(await world.journal.read(candidate.attempt));

  async function save(play: Play, message: Save): Promise<void> {
    const before = await reference(play);
    const expected = before.judge(message, play.isOver);
    const reply = await world.delivery.save(play.candidate, message).catch((error: DomainError) => error);
    const after = await reference(play);
    const code = reply instanceof DomainError ? reply.code : 'ok';
    expect(code).toBe(expected);
    const keys = after.answers.map(({ epoch, seq }) => `${epoch}.${seq}`);
    expect(new Set(keys).size).toBe(keys.length);
    const isIn = (list: (SentEntry & { epoch: number })[]) => (entry: SentEntry) =>
      list.some(
        (one) => one.epoch === message.epoch && one.seq === entry.seq && content(one) === content(entry),
      );
    const isKept = message.entries.map(isIn(after.answers));
    const isKeptOrHeld = message.entries.map(isIn([...after.answers, ...after.held]));
    const every = message.entries.map(() => true);
    expect(code === 'ok' ? isKept : every).toEqual(every);
    expect(HELD.includes(code) ? isKeptOrHeld : every).toEqual(every);
    expect(code === 'ok' || HELD.includes(code) ? 0 : after.count - before.count).toBe(0);
    const told = reply instanceof DomainError ? null : reply.watermark;
    expect(told ?? after.watermark(message.epoch)).toBe(after.watermark(message.epoch));
  }

  const acts: { [D in Step['do']]: (play: Play, step: Extract<Step, { do: D }>) => Promise<void> } = {
    async join(play, { device }) {
      const joined = await world.delivery.join(play.candidate, { device });
      const after = await reference(play);
      expect(joined).toMatchObject({ epoch: after.epoch, watermark: after.watermark(after.epoch) });
      expect(joined.nextSeq).toBe(after.highest(after.epoch) + 1);
      const answers = new Map(joined.answers.map(({ slot, seq, response }) => [slot, { seq, response }]));
      expect(answers).toEqual(after.latest());
    },
    async save(play, step) {
      const now = await reference(play);
      const entries = step.entries.map(({ ahead, slot, text }) => ({
        seq: Math.max(1, now.watermark(now.epoch) + ahead),
        slot,
        response: { x: text },
      }));
      const message = { epoch: Math.max(1, now.epoch - step.behind), entries };
      play.sent.push(message);
      await save(play, message);
    },
    async resend(play, { which }) {
      const again = play.sent[which % (play.sent.length || 1)];
      if (again) await save(play, again);
    },
    async reorder(play, { which }) {
      const again = play.sent[which % (play.sent.length || 1)];
      if (again) await save(play, { ...again, entries: again.entries.toReversed() });
    },
    async submit(play) {
      const now = await reference(play);
      const body = { epoch: now.epoch, lastSeq: now.watermark(now.epoch) };
      const code = await world.delivery.submit(play.candidate, body).then(
        () => 'ok',
        (error: DomainError) => error.code,
      );
      expect(code).toBe(play.isOver && !now.isSubmitted ? 'after-deadline' : 'ok');
    },
    async restart(play) {
      if (play.isOver) return;
      await world.journal.close();
      world = await startOn(disk);
    },
    async wait(play) {
      disk.clock.time += DURATION_MS;
      play.isOver = true;
    },
  };

  const runs = fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
    const sitting = await seatExam(disk, 1);
    await world.proctoring.startExam(proctor, sitting.exam);
    const play: Play = { candidate: seat(sitting), sent: [], isOver: false };
    await acts.join(play, { do: 'join', device: 'A' });
    for (const one of steps) await acts[one.do](play, one as never);
  });
  await fc.assert(runs, { numRuns: 60, endOnFailure: true });
}, 120_000);
