import { beforeEach, describe, expect, test } from 'vitest';
import type { Blueprint, Cell } from '#bank/protocol';
import type { BankPoolItem } from '#server/banks';
import { leavesOf } from '../../support/ports.ts';
import {
  classList,
  finished,
  newExam,
  openWorld,
  otherTeacher,
  smallBlueprint,
  teacher,
  type World,
} from './world.ts';

let world: World;
let exam: string;
beforeEach(async () => {
  world = await openWorld();
  exam = (await world.exams.create(teacher, newExam(world.bank.id))).id;
});

function blueprint(...cells: Partial<Cell>[]): Blueprint {
  const base = { count: 1, points: 25, topic: 'Dao động', level: 'KNOW', kind: 'choice' };
  return {
    parts: [
      { title: 'I', cells: cells.map((cell, index) => ({ id: `c${index + 1}`, ...base, ...cell }) as Cell) },
    ],
  };
}

function set(matrix: Blueprint, total: number) {
  return world.exams.blueprint.set(teacher, exam, { blueprint: matrix, total });
}

describe('setting the matrix', () => {
  test('keeps it, and its hash is on the record', async () => {
    world.bank.add(12);
    expect(await set(smallBlueprint(), 100)).toMatchObject({ blueprint: smallBlueprint() });
    const [entry] = (await leavesOf(world.audit)).filter(({ action }) => action === 'exam.blueprint');
    expect(entry).toMatchObject({ data: { cells: 1, questions: 4, points: 100 } });
  });

  test('one that the bank cannot fill names every short cell with need and have', async () => {
    world.bank.add(3);
    world.bank.add(1, { level: 'APPLY' });
    const matrix = blueprint({ count: 4 }, { level: 'APPLY', count: 1 }, { topic: 'Sóng', count: 2 });
    await expect(set(matrix, 175)).rejects.toMatchObject({
      code: 'blueprint-infeasible',
      status: 409,
      values: { cell: 'c1', need: 4, have: 3, missing: 1, short: 2, list: 'c1 3/4, c3 0/2' },
    });
    expect((await world.exams.get(teacher, exam)).blueprint).toBeUndefined();
  });

  test('one whose points do not add up is refused with both figures', async () => {
    world.bank.add(12);
    await expect(set(smallBlueprint(), 1000)).rejects.toMatchObject({
      code: 'blueprint-points-sum',
      status: 400,
      values: { sum: 100, total: 1000 },
    });
  });

  test('cells that compete for nearly all their items are refused before sealing', async () => {
    const items = world.bank.add(31).map(({ item }) => item);
    const list = { id: 'list', count: 15, points: 25, items: items.slice(0, 30) };
    const matrix: Blueprint = {
      parts: [{ title: 'I', cells: [list, ...blueprint({ count: 15 }).parts[0]!.cells] }],
    };
    await expect(set(matrix, 750)).rejects.toMatchObject({
      code: 'blueprint-too-tight',
      values: { cells: 'list, c1' },
    });
  });

  test('one with branches is sealed with all of them, and not in sections of their own time', async () => {
    world.bank.add(12);
    const matrix: Blueprint = {
      branches: [
        { id: 'cs', title: 'CS' },
        { id: 'ict', title: 'ICT' },
      ],
      parts: [
        ...smallBlueprint(2).parts,
        ...(['cs', 'ict'] as const).map((branch) => ({
          title: branch,
          branch,
          cells: [{ ...smallBlueprint(2).parts[0]!.cells[0]!, id: branch }],
        })),
      ],
    };
    expect(await set(matrix, 100)).toMatchObject({ blueprint: matrix });
    const [first, ...others] = matrix.parts;
    const some = {
      ...first!,
      cells: first!.cells.map((cell) => ('passage' in cell ? cell : { ...cell, count: 4, answer: 2 })),
    };
    const input = { blueprint: { ...matrix, parts: [some, ...others] }, total: 100 };
    // what one candidate answers, not all that is printed
    expect(await world.exams.blueprint.check(teacher, exam, input)).toMatchObject({
      problems: [],
      reach: { score: { min: 80_000, max: 80_000 } },
    });
    await world.exams.roster.commit(teacher, exam, classList(2));
    const timed = await world.exams.create(
      teacher,
      newExam(world.bank.id, { navigation: { sections: [300, 300, 300] }, durationSeconds: 900 }),
    );
    await world.exams.blueprint.set(teacher, timed.id, { blueprint: matrix, total: 100 });
    await world.exams.roster.commit(teacher, timed.id, classList(2));
    await expect(world.exams.seal(teacher, timed.id)).rejects.toMatchObject({ code: 'sections-branches' });
    const job = await finished(world.jobs, await world.exams.seal(teacher, exam));
    expect(job).toMatchObject({ state: 'done', result: { papers: 2 } });
    const certificate = await world.exams.certificate(teacher, exam);
    expect(certificate).toMatchObject({ questions: 6, points: 100, printed: 150 });
  });

  test('a stranger sets nothing', async () => {
    await expect(
      world.exams.blueprint.set(otherTeacher, exam, { blueprint: smallBlueprint(), total: 100 }),
    ).rejects.toMatchObject({ code: 'not-found' });
  });
});

test('enemies that leave a cell short are named, when a matrix is set and when it is checked', async () => {
  world.bank.add(3, { enemies: ['E17'] });
  world.bank.add(1);
  const problem = {
    code: 'blueprint-enemies',
    values: { cell: 'c1', need: 3, have: 4, missing: 1, blocked: 2, sets: 'E17' },
  };
  await expect(set(smallBlueprint(3), 75)).rejects.toMatchObject(problem);
  const report = await world.exams.blueprint.check(teacher, exam, {
    blueprint: smallBlueprint(3),
    total: 75,
  });
  expect(report).toMatchObject({ feasible: false, problems: [problem] });
  world.bank.add(1);
  await set(smallBlueprint(3), 75);
});

describe('items that only their author approved', () => {
  test('never enter an official test, and are named as the reason', async () => {
    world.bank.add(3);
    world.bank.add(5, { officialUse: false });
    await expect(set(smallBlueprint(4), 100)).rejects.toMatchObject({
      code: 'items-not-official',
      values: { count: 5, list: 'c1' },
    });
    await set(smallBlueprint(3), 75);
  });

  test('are refused where a list names one, though the others would do', async () => {
    const official = world.bank.add(5).map(({ item }) => item);
    const [own] = world.bank.add(1, { officialUse: false });
    const list = { id: 'list', count: 2, points: 50, items: [...official, own!.item] };
    const matrix: Blueprint = { parts: [{ title: 'I', cells: [list] }] };
    await expect(set(matrix, 100)).rejects.toMatchObject({
      code: 'items-not-official',
      values: { count: 1, list: 'list' },
    });
  });

  test('may stand in practice tests', async () => {
    world.bank.add(4, { officialUse: false });
    const practice = await world.exams.create(teacher, newExam(world.bank.id, { profile: 'P0' }));
    const input = { blueprint: smallBlueprint(4), total: 100 };
    expect(await world.exams.blueprint.set(teacher, practice.id, input)).toMatchObject({ profile: 'P0' });
  });

  test('do not hide a shortage that they could not mend', async () => {
    world.bank.add(1, { officialUse: false });
    await expect(set(smallBlueprint(4), 100)).rejects.toMatchObject({ code: 'blueprint-infeasible' });
  });
});

test('clusters are counted by the levels of their statements, in any order', async () => {
  const cluster = { kind: 'tfCluster', level: 'APPLY' } as const;
  world.bank.add(2, { ...cluster, statementLevels: ['APPLY', 'KNOW', 'UNDERSTAND', 'KNOW'] });
  world.bank.add(1, { ...cluster, statementLevels: ['KNOW', 'KNOW', 'UNDERSTAND', 'APPLY'] });
  world.bank.add(4, cluster);
  expect((await world.exams.blueprint.strata(teacher, exam)).strata).toEqual([
    { topic: 'Dao động', ...cluster, statements: ['KNOW', 'KNOW', 'UNDERSTAND', 'APPLY'], count: 3 },
    { topic: 'Dao động', ...cluster, count: 4 },
  ]);
});

test('checking tells the same without setting anything', async () => {
  world.bank.add(3);
  world.bank.add(2, { kind: 'description', parts: [] });
  world.bank.add(2, { officialUse: false });
  const [{ officialUse: _not, ...draft }] = world.bank.add(1) as [BankPoolItem];
  world.bank.pool.pop();
  world.bank.waiting.push(draft);
  const report = await world.exams.blueprint.check(teacher, exam, {
    blueprint: smallBlueprint(),
    total: 1000,
  });
  expect(report).toEqual({
    problems: [{ code: 'blueprint-points-sum', values: { sum: 100, total: 1000 } }],
    feasible: false,
    cells: [
      {
        cell: 'c1',
        part: 0,
        need: 4,
        have: 3,
        missing: 1,
        rivals: [],
        blocked: { status: 1, review: 2, embargo: 0, lastUse: 0, exposure: 0, enemies: 0 },
      },
    ],
    selections: '0',
    exact: true,
    disjointPapers: 0,
    allDifferent: true,
  });
  expect(await world.exams.blueprint.strata(teacher, exam)).toEqual({
    strata: [{ topic: 'Dao động', level: 'KNOW', kind: 'choice', count: 3 }],
  });
  expect((await world.exams.get(teacher, exam)).blueprint).toBeUndefined();
});
