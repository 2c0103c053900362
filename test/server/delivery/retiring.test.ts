import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { LateDecision, SaveEntry } from '#bank/protocol';
import { newId } from '#bank/vault';
import { retiredOf, Unavailable, type Journal } from '#server/storage';
import { lastTimeOf } from '../../../server/open-storage.ts';
import { staff } from '../../support/staff.ts';
import { segmentFiles } from '../journal/support.ts';
import {
  committingBy,
  DURATION_MS,
  openSheet,
  proctor,
  runningExam,
  seat,
  seatExam,
  startOn,
  type Candidate,
  type Sitting,
  type World,
} from './world.ts';

const SLOT = 5;
const DAY_MS = 24 * 60 * 60_000;
const somebody = staff('proctor');

let world: World & { sitting: Sitting };
let candidate: Candidate;

async function restart(over: Parameters<typeof startOn>[1] = {}): Promise<void> {
  await world.delivery.stop();
  await world.journal.close();
  world = { ...(await startOn(world, over)), sitting: world.sitting };
}

function save(who: Candidate, seq: number, x: string, epoch = 1) {
  return world.delivery.save(who, {
    epoch,
    entries: [{ seq, slot: SLOT, response: { x } } satisfies SaveEntry],
  });
}

/** Waits until it is refused, and held. */
async function late(saving: Promise<unknown>): Promise<void> {
  const isSaved = await saving.then(
    () => true,
    () => false,
  );
  if (isSaved) throw new Error('it was not late');
}

function decide(changes: Partial<LateDecision> = {}) {
  const decision: LateDecision = {
    decision: newId(),
    verdict: 'count',
    reason: 'Phòng thi mất mạng.',
    upTo: 1,
    ...changes,
  };
  return world.delivery.late.decide(world.sitting.exam, candidate.attempt, decision, somebody);
}

const listed = () => world.delivery.late.undecided([candidate.attempt]);
const recordsOf = ({ attempt }: Candidate) => world.journal.read(attempt);
const files = () => segmentFiles(join(world.folder, 'journal'));

/** Everything that a returning device and staff are told. */
async function told() {
  const { now: _, ...joined } = await world.delivery.join(candidate, { device: 'B' });
  return {
    joined,
    presence: await world.delivery.presence(candidate.attempt),
    outages: await world.delivery.outages(candidate.attempt),
    submitted: await world.delivery.submit(candidate, { epoch: 2, lastSeq: 2 }),
  };
}

/** An exam in which one handed nothing in, had two devices, more time, and a server that was away; then it closed. */
beforeEach(async () => {
  world = await runningExam(2);
  candidate = seat(world.sitting);
  await world.delivery.join(candidate, { device: 'A' });
  await save(candidate, 1, 'một');
  await world.delivery.join(candidate, { device: 'B' });
  await save(candidate, 2, 'hai', 2);
  await late(save(candidate, 3, 'máy cũ'));
  const time = { act: 'time', ms: 5000, reason: 'alarm', decision: newId(), at: world.clock.time } as const;
  await world.delivery.decide(world.sitting.exam, [candidate.attempt], time, proctor.user);
  await world.delivery.stop();
  await world.journal.close();
  world.clock.time += DURATION_MS + 5000;
  world = { ...(await startOn(world)), sitting: world.sitting };
});

describe('what the journal holds of a closed exam', () => {
  it('is destroyed, and everybody is told the same afterwards, also after a restart', async () => {
    const before = await told();
    expect(before).toMatchObject({ presence: { state: 'closed', watermark: 2, devices: 2, held: 1 } });
    expect(before.joined.receipt).toBe(before.submitted.receipt);
    const old = await files();
    await world.delivery.retire();
    expect(await recordsOf(candidate)).toEqual([]);
    expect((await files()).filter((file) => old.includes(file))).toEqual([]);
    expect(await told()).toEqual(before);
    await restart();
    expect(await told()).toEqual(before);
  });

  it('is not missed by a device that comes back weeks later', async () => {
    await world.delivery.retire();
    await restart();
    world.clock.time += 20 * DAY_MS;
    expect(await save(candidate, 1, 'một')).toMatchObject({ ok: true });
    expect(await save(candidate, 2, 'hai', 2)).toMatchObject({ ok: true, watermark: 2 });
    await expect(save(candidate, 2, 'khác', 2)).rejects.toMatchObject({ code: 'sequence-conflict' });
    await expect(save(candidate, 3, 'máy cũ')).rejects.toMatchObject({ code: 'superseded' });
    await expect(save(candidate, 3, 'muộn', 2)).rejects.toMatchObject({ code: 'after-deadline' });
    await expect(save(candidate, 3, 'muộn', 2)).rejects.toMatchObject({ code: 'after-deadline' });
    expect(await listed()).toMatchObject([{ count: 2, upTo: 2, why: ['superseded', 'after-deadline'] }]);
    expect(await decide({ upTo: 2 })).toMatchObject({ answers: 2, sheet: 2 });
    const { answers } = (await openSheet(world, candidate.attempt, 2)) ?? {};
    expect(answers).toMatchObject([{ slot: SLOT, seq: 3, epoch: 2, response: { x: 'muộn' } }]);
  });

  it('goes, and what an exam has that is not closed stays, whether it has begun or not', async () => {
    const [early, running] = [await seatExam(world, 1), await seatExam(world, 1)].map((one) => seat(one));
    if (!early || !running) throw new Error('nobody sits');
    await world.delivery.join(early, { device: 'C' });
    await world.proctoring.startExam(proctor, running.exam);
    await world.delivery.join(running, { device: 'D' });
    await save(running, 1, 'đang thi');
    const kept = [await recordsOf(early), await recordsOf(running)];
    expect(kept.map(({ length }) => length)).toEqual([1, 3]);
    for (let again = 0; again < 2; again++) {
      await world.delivery.retire();
      expect([await recordsOf(early), await recordsOf(running)]).toEqual(kept);
      await restart();
    }
    expect(await retiredOf(world.store)).toMatchObject({ position: (kept[0]?.[0]?.position ?? 0) - 1 });
    expect(await world.delivery.presence(early.attempt)).toMatchObject({ state: 'waiting', devices: 1 });
    expect(await world.delivery.presence(running.attempt)).toMatchObject({ state: 'running', watermark: 1 });
  });

  it('stays while the exam could not be closed, though its sheets are written', async () => {
    world = await runningExam(1);
    candidate = seat(world.sitting);
    await world.delivery.join(candidate, { device: 'A' });
    await save(candidate, 1, 'một');
    const { store } = world;
    const refusing = committingBy(store, async (writes) => {
      if (writes.some((write) => write.in === 'exams')) throw new Unavailable('The disk is full.');
      await store.commit(writes);
    });
    await restart({ store: refusing });
    world.clock.time += DURATION_MS;
    await expect(world.delivery.closeDue()).rejects.toBeInstanceOf(Unavailable);
    expect(await openSheet(world, candidate.attempt)).not.toBeNull();
    const before = await recordsOf(candidate);
    await world.delivery.retire();
    expect(before.length).toBeGreaterThan(0);
    expect(await recordsOf(candidate)).toEqual(before);
  });
});

describe('late answers that nobody has decided on', () => {
  beforeEach(async () => {
    await world.delivery.retire();
    await late(save(candidate, 3, 'muộn', 2));
  });

  it('are left to a decision for a day, then they are on the next version of the sheet, undecided', async () => {
    const before = await listed();
    expect(before).toMatchObject([{ count: 2, upTo: 2 }]);
    await world.delivery.retire();
    expect(await recordsOf(candidate)).toHaveLength(1);
    expect(await openSheet(world, candidate.attempt, 2)).toBeNull();
    world.clock.time += DAY_MS;
    await world.delivery.retire();
    expect(await recordsOf(candidate)).toEqual([]);
    const [first, second] = await Promise.all([1, 2].map((n) => openSheet(world, candidate.attempt, n)));
    expect(second?.late.map(({ seq, epoch }) => `${epoch}.${seq}`)).toEqual(['1.3', '2.3']);
    expect({ ...second, late: first?.late }).toEqual(first);
    await restart();
    expect(await listed()).toEqual(before);
    await world.delivery.retire();
    expect(await openSheet(world, candidate.attempt, 3)).toBeNull();
  });

  it('can be counted afterwards, once, however often the decision comes', async () => {
    world.clock.time += DAY_MS;
    await world.delivery.retire();
    const decision = newId();
    const decided = await decide({ decision, upTo: 1 });
    expect(decided).toMatchObject({ answers: 1, sheet: 3 });
    expect(await decide({ upTo: 2 })).toMatchObject({ answers: 1, sheet: 4 });
    expect(await decide({ decision, upTo: 1 })).toEqual(decided);
    expect(await listed()).toEqual([]);
    const { answers } = (await openSheet(world, candidate.attempt, 4)) ?? {};
    expect(answers).toMatchObject([{ response: { x: 'muộn' } }]);
  });

  it('are listed also while they go from the journal onto the sheet', async () => {
    let between = async (): Promise<void> => undefined;
    const { journal } = world;
    const watched: Journal = {
      ...journal,
      async read(attempt) {
        const now = between;
        between = async () => undefined;
        await now();
        return journal.read(attempt);
      },
    };
    await world.delivery.stop();
    world = { ...(await startOn(world, { journal: watched })), sitting: world.sitting };
    const before = await listed();
    world.clock.time += DAY_MS;
    between = () => world.delivery.retire();
    expect(await listed()).toEqual(before);
    expect(await recordsOf(candidate)).toEqual([]);
  });
});

describe('a start', () => {
  it('goes on after a crash between the note in the database and the destroying', async () => {
    const before = await told();
    const { journal } = world;
    const crashing = { ...journal, retire: () => Promise.reject(new Unavailable('The power is gone.')) };
    await world.delivery.stop();
    world = { ...(await startOn(world, { journal: crashing })), sitting: world.sitting };
    await expect(world.delivery.retire()).rejects.toBeInstanceOf(Unavailable);
    expect((await recordsOf(candidate)).length).toBeGreaterThan(0);
    await restart();
    expect(await told()).toEqual(before);
    await world.delivery.retire();
    expect(await recordsOf(candidate)).toEqual([]);
  });

  it('knows the time of the last record when all of them are retired', async () => {
    const last = (await recordsOf(candidate)).at(-1);
    await world.delivery.retire();
    expect(await recordsOf(candidate)).toEqual([]);
    expect(await lastTimeOf(world.journal, world.store)).toBe(last?.at);
  });

  it('tells segments that were retired from segments that are missing', async () => {
    await world.delivery.retire();
    const sitting = await seatExam(world, 1);
    const other = seat(sitting);
    await world.delivery.join(other, { device: 'C' });
    await restart();
    await world.delivery.join(other, { device: 'D' });
    await world.delivery.stop();
    await world.journal.close();
    const [oldest = ''] = await files();
    await rm(oldest);
    await expect(startOn(world)).rejects.toThrow('Older segment files are missing');
  });
});
