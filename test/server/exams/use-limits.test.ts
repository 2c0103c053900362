import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { dayAt, daysAfter, sentence, type Blueprint, type UseLimits } from '#bank/protocol';
import { createItemUses } from '#server/exams';
import { main as verifyPapers } from '../../../scripts/verify/verify-papers.ts';
import { tempDir } from '../../support/temp.ts';
import {
  classList,
  failingStore,
  finished,
  newExam,
  openWorld,
  otherTeacher,
  proctor,
  readyExam,
  smallBlueprint,
  startExam,
  teacher,
  TENANT,
  type World,
} from './world.ts';

const DAY_MS = 86_400_000;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

/** The record as a server that has just started reads it. */
const usesOf = (bank = world.bank.id) =>
  createItemUses({ store: world.store, keyring: world.keyring, tenant: TENANT }).ofBank(bank);

async function seal(exam: string) {
  const job = await finished(world.jobs, await world.exams.seal(teacher, exam));
  expect(job).toMatchObject({ state: 'done' });
}

/** A sealed exam is held and closes. */
async function hold(exam: string) {
  await startExam(world, exam);
  await world.custody.open(exam);
  world.clock.time += 2_700_000;
  await world.exams.advance(teacher, exam, { to: 'closed', action: 'exam.close' });
}

/** Items with the number of papers of an exam that they stand on, as the sealed papers say. */
async function onPapers(exam: string): Promise<Map<string, number>> {
  const papers = await world.store.range('papers', { index: 'by_exam', equals: [exam], limit: 1000 });
  const counts = new Map<string, number>();
  for (const { _id, paper } of papers.docs) {
    const context = { type: 'paper', tenant: TENANT, object: _id, version: 1, field: 'paper' } as const;
    const bytes = await world.keyring.open(`exam/${exam}/marking`, context, paper);
    const { slots } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { slots: { item: string }[] };
    for (const { item } of slots) counts.set(item, (counts.get(item) ?? 0) + 1);
  }
  return counts;
}

const papersOf = (uses: Awaited<ReturnType<typeof usesOf>>) =>
  [...uses].map(([item, { papers }]) => [item, papers] as const).sort();

const limited = (limits: UseLimits, count = 4): Blueprint => ({ ...smallBlueprint(count), limits });

describe('the use of items', () => {
  test('is recorded with the seal, counts from the close, and is told with day, exams and papers', async () => {
    const exam = await readyExam(world, 5);
    await seal(exam);
    expect(await usesOf()).toEqual(new Map());
    world.clock.time += 3 * DAY_MS;
    const day = dayAt(world.clock.time);
    await startExam(world, exam);
    expect(await usesOf()).toEqual(new Map());
    await world.custody.open(exam);
    world.clock.time += DAY_MS;
    await world.exams.advance(teacher, exam, { to: 'closed', action: 'exam.close' });
    const uses = await usesOf();
    expect(papersOf(uses)).toEqual([...(await onPapers(exam))].sort());
    for (const use of uses.values()) expect(use).toMatchObject({ day, exams: 1 });
    const second = await readyExam(world, 2);
    await seal(second);
    await hold(second);
    const [both] = [...(await usesOf()).values()].filter(({ exams }) => exams === 2);
    expect(both).toMatchObject({ day: dayAt(world.clock.time) });
    expect(await usesOf('another bank')).toEqual(new Map());
  });

  test('is that of papers that somebody got, so of a paper in reserve once it is issued', async () => {
    const exam = await readyExam(world, 3, { reserve: 2 });
    await seal(exam);
    const [first] = (await world.exams.listCandidates(proctor, exam)).candidates;
    const before = await onPapers(exam);
    await world.exams.issueReserve(proctor, exam, first!.id, 'paper-faulty');
    await hold(exam);
    expect([...before.values()].reduce((sum, papers) => sum + papers)).toBe(12);
    const uses = papersOf(await usesOf());
    expect(uses).toEqual([...(await onPapers(exam))].sort());
    expect(uses.reduce((sum, [, papers]) => sum + papers, 0)).toBe(16);
  });

  test('is none of practice, of what was cancelled, and of a seal that failed', async () => {
    const practice = await readyExam(world, 2, { profile: 'P0' });
    await seal(practice);
    await hold(practice);
    const cancelled = await readyExam(world, 2);
    await seal(cancelled);
    await world.exams.advance(teacher, cancelled, { to: 'cancelled', action: 'exam.cancel' });
    const failed = await readyExam(world, 2);
    const failing = failingStore(world.store, (_, writes) => writes.some((write) => write.in === 'itemUses'));
    const exams = world.over(failing);
    const job = await finished(world.jobs, await exams.seal(teacher, failed));
    expect(job).toMatchObject({ state: 'failed' });
    expect((await world.store.get('exams', failed))?.state).toBe('draft');
    expect(await world.store.get('itemUses', failed)).toBeNull();
    expect(await usesOf()).toEqual(new Map());
  });

  test('stands nowhere in the clear before the close', async () => {
    const exam = await readyExam(world, 2);
    await seal(exam);
    const record = JSON.stringify(await world.store.get('itemUses', exam));
    for (const { item } of world.bank.pool) expect(record).not.toContain(item);
  });
});

describe('limits of use', () => {
  async function draft(): Promise<string> {
    const { id } = await world.exams.create(teacher, newExam(world.bank.id));
    await world.exams.roster.commit(teacher, id, classList(2));
    return id;
  }
  const set = (exam: string, blueprint: Blueprint) =>
    world.exams.blueprint.set(teacher, exam, { blueprint, total: 100 });
  const check = async (exam: string, blueprint: Blueprint) =>
    (await world.exams.blueprint.check(teacher, exam, { blueprint, total: 100 })).cells[0]!;

  test('leave out what has not rested, up to the day, and papers hold none of it', async () => {
    const held = await readyExam(world, 1);
    await seal(held);
    await hold(held);
    const used = await onPapers(held);
    const exam = await draft();
    expect(await check(exam, limited({ restDays: 30 }))).toMatchObject({
      have: 8,
      blocked: { lastUse: 4, exposure: 0 },
    });
    await set(exam, limited({ restDays: 30 }));
    expect((await world.exams.blueprint.strata(teacher, exam)).strata).toMatchObject([{ count: 8 }]);
    await seal(exam);
    const { snapshot } = (await world.store.get('pools', exam))!;
    expect(snapshot).toHaveLength(8);
    expect(snapshot.some(({ item }) => used.has(item))).toBe(false);
    world.clock.time = Date.parse(`${daysAfter(dayAt(world.clock.time), 30)}T00:00:00+07:00`);
    const third = await draft();
    await world.exams.advance(teacher, exam, { to: 'cancelled', action: 'exam.cancel' });
    expect(await check(third, limited({ restDays: 30 }))).toMatchObject({
      have: 12,
      blocked: { lastUse: 0 },
    });
    world.clock.time -= 1;
    expect(await check(third, limited({ restDays: 30 }))).toMatchObject({ have: 8 });
  });

  test('stand in the publication, which a stranger checks as any other', async () => {
    const exam = await readyExam(world, 2);
    await set(exam, limited({ restDays: 30, maxPapers: 5 }));
    await seal(exam);
    await hold(exam);
    const publication = await world.exams.publish(teacher, exam);
    expect(publication.blueprint.limits).toEqual({ restDays: 30, maxPapers: 5 });
    const file = join(tempDir(), 'publication.json');
    writeFileSync(file, JSON.stringify(publication));
    const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    expect(await verifyPapers([file])).toBe(0);
    output.mockRestore();
  });

  test('leave out what stood on more papers than they allow', async () => {
    const held = await readyExam(world, 2);
    await seal(held);
    await hold(held);
    const often = [...(await onPapers(held)).values()];
    const exam = await draft();
    for (const maxPapers of [1, 2, 3]) {
      const exposure = often.filter((papers) => papers > maxPapers).length;
      expect(await check(exam, limited({ maxPapers }))).toMatchObject({
        have: 12 - exposure,
        blocked: { exposure },
      });
    }
  });

  test('take the day that authors gave where it is later, and what a description was used for', async () => {
    const today = dayAt(world.clock.time);
    world.bank.add(2, { lastUsed: daysAfter(today, -3) });
    const [description] = world.bank.add(1, { kind: 'description', parts: [], lastUsed: today });
    world.bank.add(1, { stimulus: description!.item });
    world.bank.add(1, { lastUsed: daysAfter(today, -4) });
    const exam = await draft();
    expect(await check(exam, limited({ restDays: 4 }, 1))).toMatchObject({
      have: 1,
      blocked: { lastUse: 3 },
    });
    expect(await check(exam, limited({ restDays: 3 }, 1))).toMatchObject({
      have: 3,
      blocked: { lastUse: 1 },
    });
  });

  test('hold what the same owner’s other sealed exams may use, and tell others nothing of it', async () => {
    const sealed = await readyExam(world, 2);
    await seal(sealed);
    const exam = await draft();
    expect(await check(exam, limited({ restDays: 1 }))).toMatchObject({ have: 0, blocked: { lastUse: 12 } });
    expect(await check(exam, limited({ maxPapers: 1 }))).toMatchObject({ have: 12 });
    await world.store.get('exams', exam).then((doc) => {
      const { v, ...fields } = doc!;
      return world.store.commit([
        { op: 'replace', in: 'exams', doc: { ...fields, owner: otherTeacher.user }, ifVersion: v },
      ]);
    });
    world.bank.poolMetadata = () => Promise.resolve(structuredClone(world.bank.pool));
    const input = { blueprint: limited({ restDays: 1 }), total: 100 };
    const [cell] = (await world.exams.blueprint.check(otherTeacher, exam, input)).cells;
    expect(cell).toMatchObject({ have: 12 });
  });

  test('with embargoes are named where they leave a cell short, when a matrix is set and at the seal', async () => {
    const today = dayAt(world.clock.time);
    const [until, later] = [daysAfter(today, 10), daysAfter(today, 20)];
    world.bank.add(1);
    world.bank.add(1, { embargoUntil: until });
    world.bank.add(2, { embargoUntil: later });
    world.bank.add(1, { lastUsed: today });
    const exam = await draft();
    const refusal = {
      code: 'blueprint-held',
      status: 409,
      values: {
        cell: 'c1',
        need: 4,
        have: 1,
        missing: 3,
        held: `3 câu chưa đến ngày được dùng (dùng lại từ ${until} – ${later}); 1 câu mới dùng (dùng lại từ ${daysAfter(today, 7)})`,
        heldEn: `3 under embargo (free from ${until} – ${later}); 1 used lately (free from ${daysAfter(today, 7)})`,
      },
    };
    await expect(set(exam, limited({ restDays: 7 }))).rejects.toMatchObject(refusal);
    expect(await check(exam, limited({ restDays: 7 }))).toMatchObject({
      missing: 3,
      blocked: { embargo: 3, lastUse: 1 },
    });
    expect(sentence(refusal.code, refusal.values, 'en')).toContain(`3 under embargo (free from ${until}`);
    expect((await world.store.get('exams', exam))?.blueprint).toBeUndefined();
    world.bank.add(3);
    await set(exam, limited({ restDays: 7 }));
    world.bank.pool.splice(-3, 3);
    const job = await finished(world.jobs, await world.exams.seal(teacher, exam));
    expect(job).toMatchObject({ state: 'failed', error: { code: 'blueprint-held' } });
  });
});
