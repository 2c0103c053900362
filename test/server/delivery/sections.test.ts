import { describe, expect, it } from 'vitest';
import { newId } from '#bank/vault';
import type { CandidateMe, Response, StateWord } from '#bank/protocol';
import { mayCount } from '../../../server/delivery/sheet.ts';
import { connect, http, join, next } from './sockets.ts';
import {
  DURATION_MS,
  newWorld,
  openSheet,
  ledger,
  proctor,
  seat,
  seatExam,
  serve,
  startOn,
  type Candidate,
  type World,
} from './world.ts';

/** Together they are the duration of the exam. */
const SECTIONS = [30, 20, 10];
/** One slot of each section, with an answer of its form. */
const ANSWERS: { slot: number; response: Response }[] = [
  { slot: 1, response: { c: 'AAAAAAAA' } },
  { slot: 4, response: { x: '4' } },
  { slot: 5, response: { x: '5' } },
];

async function running(count = 1, extra: Parameters<typeof seatExam>[3] = []) {
  const world = await newWorld();
  const sitting = await seatExam(world, count, { sections: SECTIONS }, extra);
  await world.proctoring.startExam(proctor, sitting.exam);
  const me = seat(sitting);
  return { world, sitting, me, joined: await world.delivery.join(me, { device: 'A' }) };
}

/** The key of a section as the page gets it. */
const keyOf = ({ custody }: World, { exam, attempt }: Candidate, section: number) =>
  Buffer.from(custody.sectionKey(exam, attempt, section)).toString('base64url');

const save = ({ delivery }: World, me: Candidate, seq: number, ...sections: number[]) =>
  delivery.save(me, {
    epoch: 1,
    entries: sections.map((section, at) => ({
      seq: seq + at,
      ...(ANSWERS[section] ?? { slot: 0, response: null }),
    })),
  });
const refused = (code: string) => expect.objectContaining({ code });

describe('the key of a section', () => {
  it('never leaves the server before the section begins, by any way to it', async () => {
    const world = await newWorld();
    const sitting = await seatExam(world, 1, { sections: SECTIONS });
    const served = { ...world, sitting, ...(await serve(world, sitting)) };
    const me = seat(sitting);
    const told: unknown[] = [];
    const ask = async (path: string, body?: unknown) => {
      const reply = await http<StateWord>(served, me, path, body);
      told.push(reply);
      return reply;
    };
    const socket = await connect(served, me);
    socket.onAny((...all: unknown[]) => void told.push(all));
    told.push(await join(socket));
    const first = next<StateWord>(socket, 'state');
    await world.proctoring.startExam(proctor, sitting.exam);
    expect(await first).toMatchObject({ sectionKey: keyOf(world, me, 0), section: { number: 0, count: 3 } });

    for (const [number] of SECTIONS.entries()) {
      const word = await ask('me');
      expect(word.sectionKey).toBe(keyOf(world, me, number));
      await ask('paper');
      await ask('save', { epoch: 1, entries: [{ seq: number + 1, ...ANSWERS[number] }] });
      await ask('save', { epoch: 1, entries: [{ seq: number + 9, ...(ANSWERS[number + 1] ?? ANSWERS[0]) }] });
      await ask('next', { epoch: 1, lastSeq: 0, section: number + 1 });
      const again = await join(socket);
      told.push(again);
      expect(again.sectionKey).toBe(word.sectionKey);
      const sent = JSON.stringify(told);
      for (const later of SECTIONS.keys())
        expect(sent.includes(keyOf(world, me, later))).toBe(later <= number);
      if (number < 2) await ask('next', { epoch: 1, lastSeq: number + 1, section: number });
    }
    const keys = new Set(SECTIONS.map((_, section) => keyOf(world, me, section)));
    expect(keys.size).toBe(3);
  });

  it('comes by itself when the section before is over, and no earlier one comes again', async () => {
    const world = await newWorld();
    const sitting = await seatExam(world, 1, { sections: SECTIONS });
    const served = { ...world, sitting, ...(await serve(world, sitting)) };
    const me = seat(sitting);
    await world.proctoring.startExam(proctor, sitting.exam);
    const socket = await connect(served, me);
    const joined = await join(socket);
    const second = next<StateWord>(socket, 'state');
    world.clock.time += 30_000;
    const page = await http<CandidateMe>(served, me, 'me');
    expect(page).toMatchObject({ section: { number: 1 }, sectionKey: keyOf(world, me, 1) });
    expect(await second).toMatchObject({ section: { number: 1 }, sectionKey: page.sectionKey });
    const pushed = next<StateWord>(socket, 'state');
    world.clock.time += 20_000;
    await world.delivery.closeDue();
    expect(await pushed).toMatchObject({
      state: 'running',
      sectionKey: keyOf(world, me, 2),
      section: { number: 2, count: 3, endsAt: joined.endsAt },
      endsAt: joined.endsAt,
    });
  });
});

describe('a section', () => {
  it('is left for good, once, and gives what is left of its time to nobody', async () => {
    const { world, me, joined } = await running();
    world.clock.time += 10_000;
    await save(world, me, 1, 0);
    const leave = { epoch: 1, lastSeq: 1, section: 0 };
    const words = await Promise.all([1, 2, 3].map(() => world.delivery.next(me, leave)));
    for (const word of words) {
      expect(word).toMatchObject({
        section: { number: 1, count: 3, endsAt: world.clock.time + 20_000 },
        endsAt: (joined.endsAt ?? 0) - 20_000,
        sectionKey: keyOf(world, me, 1),
      });
    }
    await expect(save(world, me, 2, 0)).rejects.toMatchObject({ code: 'section-over' });
    expect(await world.delivery.next(me, leave)).toMatchObject({ section: { number: 1 } });
  });

  it('is not left while answers of the device are missing, nor before its turn, nor the last one', async () => {
    const { world, me } = await running();
    const leave = (section: number, lastSeq = 0, epoch = 1) =>
      world.delivery.next(me, { epoch, lastSeq, section });
    await expect(leave(0, 1)).rejects.toEqual(refused('answers-missing'));
    await expect(leave(1)).rejects.toEqual(refused('section-not-begun'));
    await expect(leave(0, 0, 2)).rejects.toEqual(refused('not-joined'));
    await leave(0);
    await leave(1);
    await expect(leave(2)).rejects.toEqual(refused('section-last'));
    await world.delivery.submit(me, { epoch: 1, lastSeq: 0 });
    await expect(leave(2)).rejects.toEqual(refused('not-started'));
  });

  it('takes no answer before it begins, and holds what comes after it', async () => {
    const { world, me } = await running();
    await expect(save(world, me, 1, 1)).rejects.toEqual(refused('section-not-begun'));
    await save(world, me, 1, 0);
    world.clock.time += 30_000;
    const mixed = save(world, me, 2, 0, 1);
    await expect(mixed).rejects.toMatchObject({ code: 'section-over', values: { watermark: 3, held: 1 } });
    await expect(save(world, me, 2, 0)).rejects.toMatchObject({ code: 'section-over' });
    expect(await save(world, me, 4, 1)).toMatchObject({ watermark: 4 });
    world.clock.time += 30_000;
    await world.delivery.closeDue();
    const sheet = await openSheet(world, me.attempt);
    expect(sheet?.answers.map(({ slot, seq }) => [slot, seq])).toEqual([
      [1, 1],
      [4, 4],
    ]);
    expect(sheet?.late).toMatchObject([{ slot: 1, seq: 2, why: 'section-over' }]);
  });

  it('lets what came after its end count only where a line was lost, and a person decides so', () => {
    const late = [{ slot: 1, seq: 2, epoch: 1, response: null, at: 5, why: 'section-over' as const }];
    expect(mayCount([], late)).toBe(false);
    expect(mayCount([{ from: 1, to: 4, cause: 'line' }], late)).toBe(true);
  });

  it('ends while the server is down: the next has run from there, and nothing is lost', async () => {
    const { world, sitting, me, joined } = await running();
    await save(world, me, 1, 0);
    await world.journal.close();
    world.clock.time += 55_000;
    const again = await startOn(world);
    const { candidates } = await again.proctoring.presence(proctor, sitting.exam);
    expect(candidates[0]).toMatchObject({ section: { number: 2, endsAt: joined.endsAt } });
    const back = await again.delivery.join(me, { device: 'A' });
    expect(back).toMatchObject({ epoch: 1, watermark: 1, section: { number: 2, endsAt: joined.endsAt } });
    expect(back.sectionKey).toBe(keyOf(again, me, 2));
    await again.journal.close();
    const third = await startOn(again);
    const still = await third.delivery.join(me, { device: 'A' });
    expect(still).toMatchObject({ section: back.section, sectionKey: back.sectionKey });
  });

  it('stands still in a pause and goes on with what it had', async () => {
    const { world, sitting, me, joined } = await running();
    world.clock.time += 10_000;
    const decision = { decision: newId(), candidates: [me.candidate] };
    await world.proctoring.pauseTime(proctor, sitting.exam, { ...decision, reason: 'alarm' });
    world.clock.time += 100_000;
    await world.delivery.closeDue();
    const paused = await world.delivery.join(me, { device: 'A' });
    expect(paused).toMatchObject({ state: 'paused', section: { number: 0, left: 20_000 } });
    expect(paused).not.toHaveProperty('sectionKey');
    await expect(world.delivery.next(me, { epoch: 1, lastSeq: 0, section: 0 })).rejects.toEqual(
      refused('attempt-paused'),
    );
    await world.proctoring.resumeTime(proctor, sitting.exam, { ...decision, decision: newId() });
    expect(await world.delivery.join(me, { device: 'A' })).toMatchObject({
      section: { number: 0, endsAt: world.clock.time + 20_000 },
      endsAt: (joined.endsAt ?? 0) + 100_000,
    });
  });

  it('has its share of the time that a candidate has by right, and other time when it was given', async () => {
    const { world, sitting, me } = await running(2, [{ percent: 50 }]);
    const at = world.clock.time;
    const word = () => world.delivery.join(me, { device: 'A' });
    expect(await word()).toMatchObject({ section: { endsAt: at + 45_000 }, endsAt: at + 90_000 });
    const extend = { decision: newId(), candidates: [me.candidate], minutes: 1, reason: 'outage' as const };
    await world.proctoring.extendTime(proctor, sitting.exam, extend);
    expect(await word()).toMatchObject({ section: { endsAt: at + 105_000 }, endsAt: at + 150_000 });
    world.clock.time += 105_000;
    await world.delivery.closeDue();
    expect(await word()).toMatchObject({
      section: { number: 1, endsAt: at + 135_000 },
      endsAt: at + 150_000,
    });
  });

  it('is on the record and in the ledger, with whoever ended the one before', async () => {
    const { world, sitting, me, joined } = await running();
    await world.delivery.next(me, { epoch: 1, lastSeq: 0, section: 0 });
    for (const wait of [20_000, 10_000]) {
      world.clock.time += wait;
      await world.delivery.closeDue();
    }
    world.clock.time += DURATION_MS;
    await world.delivery.closeDue();
    const sheet = await openSheet(world, me.attempt);
    const began = sheet?.transitions.filter(({ to }) => to === 'section').map(({ at }) => at);
    const start = (joined.endsAt ?? 0) - DURATION_MS;
    expect(began).toEqual([start, start + 20_000]);
    await world.delivery.stop();
    const leaves = await ledger(world);
    expect(leaves.filter((leaf) => leaf === `attempt.section attempt:${me.attempt}`)).toHaveLength(2);
    expect((await world.store.get('exams', sitting.exam))?.state).toBe('closed');
  });
});
