import { unzipSync } from 'fflate';
import { beforeEach, expect, test } from 'vitest';
import { plannedResponses } from '#bank/blueprint';
import type { Blueprint, Level } from '#bank/protocol';
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

const STATEMENTS: Level[] = ['UNDERSTAND', 'KNOW', 'KNOW', 'UNDERSTAND'];

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

async function sealedWith(blueprint: Blueprint, total: number, candidates: number): Promise<string> {
  const { id } = await world.exams.create(teacher, newExam(world.bank.id));
  await world.exams.blueprint.set(teacher, id, { blueprint, total });
  await world.exams.roster.commit(teacher, id, classList(candidates));
  await finished(world.jobs, await world.exams.seal(teacher, id));
  return id;
}

test('papers of a plain matrix all have its counts; that they were counted is on the record', async () => {
  world.bank.add(9);
  world.bank.add(3, { kind: 'tfCluster', level: 'APPLY', statementLevels: STATEMENTS });
  const blueprint: Blueprint = {
    parts: [
      ...smallBlueprint().parts,
      {
        title: 'II',
        cells: [
          {
            id: 'c2',
            count: 1,
            points: 100,
            topic: 'Dao động',
            kind: 'tfCluster',
            level: 'UNDERSTAND',
            statements: STATEMENTS.toSorted(),
          },
        ],
      },
    ],
  };
  const id = await sealedWith(blueprint, 200, 5);
  const { variants, others } = await world.exams.blueprint.assembled(teacher, id);
  expect(others).toBe(0);
  expect(variants).toEqual([
    {
      papers: 5,
      responses: [
        { topic: 'Dao động', kind: 'choice', level: 'KNOW', count: 4, quarters: 400 },
        { topic: 'Dao động', kind: 'tfCluster', level: 'KNOW', count: 2, quarters: 200 },
        { topic: 'Dao động', kind: 'tfCluster', level: 'UNDERSTAND', count: 2, quarters: 200 },
      ],
    },
  ]);
  const planned = plannedResponses(blueprint).responses.reduce((sum, { quarters }) => sum + quarters, 0);
  expect(variants[0]?.responses.reduce((sum, { quarters }) => sum + quarters, 0)).toBe(planned);
  const [entry] = (await leavesOf(world.audit)).filter(({ action }) => action === 'exam.matrix');
  expect(entry).toMatchObject({ data: { variants: 1 } });
});

test('papers drawn from a picked list are counted as they came out, not as they were wished', async () => {
  const items = [...world.bank.add(6), ...world.bank.add(6, { topic: 'Sóng', level: 'APPLY' })];
  const list = { id: 'c1', count: 1, points: 100, items: items.map(({ item }) => item) };
  const id = await sealedWith({ parts: [{ title: 'I', cells: [list] }] }, 100, 12);
  const { variants } = await world.exams.blueprint.assembled(teacher, id);
  expect(variants.map(({ responses }) => responses.map(({ topic }) => topic).join()).sort()).toEqual([
    'Dao động',
    'Sóng',
  ]);
  expect(variants.reduce((sum, { papers }) => sum + papers, 0)).toBe(12);
});

test('a matrix is written as a document with what the page shows, saved or not', async () => {
  const { id } = await world.exams.create(teacher, newExam(world.bank.id));
  const input = { form: 'official', blueprint: smallBlueprint(), authority: 'Sở', school: 'Trường' } as const;
  const file = await world.exams.blueprint.matrixFile(teacher, id, { ...input, format: 'docx' }, 'vi');
  expect(file.name).toBe('Kiểm tra giữa kì.docx');
  const xml = new TextDecoder().decode(unzipSync(file.bytes)['word/document.xml']);
  for (const text of ['SỞ', 'TRƯỜNG', 'Thời gian làm bài: 45 phút · Theo ma trận đã đặt', 'Dao động'])
    expect(xml).toContain(`>${text}<`);
  const sheet = await world.exams.blueprint.matrixFile(teacher, id, { ...input, format: 'xlsx' }, 'en');
  expect(Object.keys(unzipSync(sheet.bytes))).toContain('xl/worksheets/sheet2.xml');
});

test('the file of a sealed exam says in how many papers it was counted', async () => {
  world.bank.add(9);
  const id = await sealedWith(smallBlueprint(), 100, 3);
  const input = { format: 'docx', form: 'generic', authority: '', school: '' } as const;
  const { bytes } = await world.exams.blueprint.matrixFile(teacher, id, input, 'vi');
  const xml = new TextDecoder().decode(unzipSync(bytes)['word/document.xml']);
  expect(xml).toContain('Tính từ 3/3 đề đã lập');
});

test('before the papers are sealed there is nothing to count, and a stranger counts nothing', async () => {
  const { id } = await world.exams.create(teacher, newExam(world.bank.id));
  const input = { format: 'xlsx', form: 'official', authority: '', school: '' } as const;
  await expect(world.exams.blueprint.assembled(teacher, id)).rejects.toMatchObject({
    code: 'exam-not-sealed',
  });
  await expect(world.exams.blueprint.matrixFile(teacher, id, input, 'vi')).rejects.toMatchObject({
    code: 'blueprint-missing',
  });
  await expect(world.exams.blueprint.assembled(otherTeacher, id)).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('of papers with branches each way is counted for itself, with as many questions as are answered', async () => {
  world.bank.add(30);
  const [own] = smallBlueprint(2).parts;
  const cells = (id: string) =>
    own!.cells.flatMap((cell) => ('passage' in cell ? [] : [{ ...cell, id, count: 3, answer: 2 }]));
  const blueprint: Blueprint = {
    branches: [
      { id: 'cs', title: 'CS' },
      { id: 'ict', title: 'ICT' },
    ],
    parts: [own!, ...['cs', 'ict'].map((id) => ({ title: id, branch: id, cells: cells(id) }))],
  };
  const id = await sealedWith(blueprint, 100, 3);
  const responses = [{ topic: 'Dao động', kind: 'choice', level: 'KNOW', count: 4, quarters: 400 }];
  expect(await world.exams.blueprint.assembled(teacher, id)).toEqual({
    variants: [
      { papers: 3, branch: 'CS', responses },
      { papers: 3, branch: 'ICT', responses },
    ],
    all: 3,
    others: 0,
  });
});
