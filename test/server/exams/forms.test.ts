import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Assembly, Blueprint, FormsSetting, Publication } from '#bank/protocol';
import { main as verifyPapers } from '../../../scripts/verify/verify-papers.ts';
import { tempDir } from '../../support/temp.ts';
import { leavesOf } from '../../support/ports.ts';
import { finished, newExam, openWorld, startExam, teacher, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

const RULES: FormsSetting = {
  count: 8,
  perShift: 2,
  overlap: 25,
  maxUses: 4,
  spare: 2,
  seatsPerRoom: 12,
  seatsPerRow: 4,
};

const BLUEPRINT: Blueprint = {
  parts: [
    {
      title: 'Phần I',
      cells: [
        { id: 'c1', count: 6, points: 100, topic: 'Dao động', level: 'KNOW', kind: 'choice' },
        { id: 'c2', count: 4, points: 100, topic: 'Sóng', level: 'APPLY', kind: 'choice' },
      ],
    },
  ],
};

function roster(count: number, columns = '', extra: (index: number) => string = () => '') {
  const lines = Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(4, '0');
    return `${number},Nguyễn Văn ${'ABCDEFGH'[index % 8] ?? ''}${extra(index)}`;
  });
  return { name: 'lop.csv', bytes: Buffer.from([`Số báo danh,Họ và tên${columns}`, ...lines].join('\n')) };
}

async function draft(
  changes: Partial<FormsSetting> = {},
  list = roster(90),
  reserve = 4,
  blueprintOf: () => Blueprint = () => BLUEPRINT,
): Promise<string> {
  const { exams, bank } = world;
  if (bank.pool.length === 0) {
    bank.add(24);
    bank.add(20, { topic: 'Sóng', level: 'APPLY' });
  }
  const assembly: Assembly = { forms: { ...RULES, ...changes } };
  const exam = await exams.create(teacher, newExam(bank.id, { assembly, reserve }));
  await exams.blueprint.set(teacher, exam.id, { blueprint: blueprintOf(), total: 1000 });
  await exams.roster.commit(teacher, exam.id, list);
  return exam.id;
}

async function seal(exam: string) {
  return finished(world.jobs, await world.exams.seal(teacher, exam));
}

async function published(exam: string): Promise<Publication> {
  await startExam(world, exam);
  await world.custody.open(exam);
  world.clock.time += 2_700_000;
  await world.exams.advance(teacher, exam, { to: 'closed', action: 'exam.close' });
  return world.exams.publish(teacher, exam);
}

async function verify(publication: Publication): Promise<{ code: number; checks: string[] }> {
  const file = join(tempDir(), 'publication.json');
  writeFileSync(file, JSON.stringify(publication));
  const lines: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  const code = await verifyPapers([file, '--json']).finally(() => spy.mockRestore());
  const { failures } = JSON.parse(lines.join('')) as { failures: { check: string }[] };
  return { code, checks: [...new Set(failures.map(({ check }) => check))] };
}

describe('an exam with forms', () => {
  test('gives every seat a form that no neighbour has, and a stranger derives the same', async () => {
    const exam = await draft();
    expect(await seal(exam)).toMatchObject({ state: 'done', result: { papers: 94 } });
    const { candidates } = await world.exams.listCandidates(teacher, exam);
    const at = new Map(
      candidates.map(({ place, form }) => [`${place?.shift}/${place?.room}/${place?.seat}`, form]),
    );
    expect(at.size).toBe(90);
    expect([...at.keys()].filter((key) => key.startsWith('1/'))).toHaveLength(23);
    for (const [key, form] of at) {
      const [shift = '', room = '', seat = ''] = key.split('/');
      expect(['0101', '0102', '0103', '0104', '0105', '0106', '0107', '0108'].indexOf(form ?? '')).toBe(
        2 * (Number(shift) - 1) + ((Number(form) - 101) % 2),
      );
      const beside = Number(seat) % 4 === 0 ? undefined : at.get(`${shift}/${room}/${Number(seat) + 1}`);
      expect([beside, at.get(`${shift}/${room}/${Number(seat) + 4}`)]).not.toContain(form);
    }
    const certificate = await world.exams.certificate(teacher, exam);
    expect(certificate).toMatchObject({ algorithm: 'niem-forms/1', papers: 94, reserve: 4, questions: 10 });
    expect(certificate.constraints.filter(({ holds }) => !holds)).toEqual([]);
    expect(certificate.uses).toBeUndefined();
    const { overlap } = Object.fromEntries(certificate.constraints.map((one) => [one.name, one]));
    expect(overlap).toMatchObject({ limit: 2 });
    const publication = await published(exam);
    expect(publication.forms?.list.map(({ code }) => code).at(-1)).toBe('0110');
    expect(await verify(publication)).toEqual({ code: 0, checks: [] });
    expect((await world.exams.certificate(teacher, exam)).uses).toHaveLength(44);
  });

  test('puts its rules and the hash of its certificate on the record', async () => {
    const exam = await draft();
    await seal(exam);
    const leaves = await leavesOf(world.audit);
    const sealed = leaves.find(({ action }) => action === 'exam.seal');
    expect(sealed?.data).toMatchObject({
      papers: 94,
      certificateHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('takes shift, room and seat from the class list, and fills up what it leaves open', async () => {
    const places = [',2,P.01,3', ',2,P.01,', ',,,', ',1,,'];
    const exam = await draft(
      {},
      roster(4, ',Ca thi,Phòng thi,Chỗ ngồi', (index) => places[index] ?? ''),
    );
    await seal(exam);
    const { candidates } = await world.exams.listCandidates(teacher, exam);
    expect(candidates.map(({ place }) => place)).toEqual([
      { shift: 2, room: 'P.01', seat: 3 },
      { shift: 2, room: 'P.01', seat: 1 },
      { shift: 3, room: '1', seat: 1 },
      { shift: 1, room: '1', seat: 1 },
    ]);
  });

  test.each<[string, Partial<FormsSetting>, string]>([
    ['an overlap that no search and no solver reaches', { overlap: 0 }, 'form-bound'],
    ['questions that would be used too often', { maxUses: 1 }, 'forms-uses'],
  ])('is refused for %s, and stays a draft', async (_name, changes, code) => {
    const exam = await draft(changes);
    expect(await seal(exam)).toMatchObject({ state: 'failed', error: { code } });
    expect(await world.exams.get(teacher, exam)).toMatchObject({ state: 'draft' });
  });

  test('is refused where two sit on one seat, or in a shift that there is not', async () => {
    const columns = ',Ca thi,Phòng thi,Chỗ ngồi';
    const twice = await draft(
      {},
      roster(2, columns, () => ',1,A,1'),
    );
    expect(await seal(twice)).toMatchObject({ state: 'failed', error: { code: 'seat-taken' } });
    const beyond = await draft(
      {},
      roster(1, columns, () => ',5,A,1'),
    );
    expect(await seal(beyond)).toMatchObject({ state: 'failed', error: { code: 'seat-shift' } });
  });

  test('is refused with shifts of unequal size, and with reserve papers that have no form', async () => {
    await expect(draft({ count: 7 })).rejects.toMatchObject({ code: 'forms-per-shift' });
    await expect(draft({ spare: 0 })).rejects.toMatchObject({ code: 'reserve-form-missing' });
  });
});

/** A list that takes questions of both cells of the matrix. */
function interlocking(): Blueprint {
  const { pool } = world.bank;
  const items = [...pool.slice(0, 5), ...pool.slice(24, 29)].map(({ item }) => item);
  const [part] = BLUEPRINT.parts;
  const cells = (part?.cells ?? []).map((cell) => ({ ...cell, count: cell.count - 1 }));
  return {
    parts: [
      { title: 'Phần I', cells },
      { title: 'Phần II', cells: [{ id: 'list', count: 2, points: 100, items }] },
    ],
  };
}

describe('an exam with forms whose cells share questions', () => {
  test('gets them from the solver, and a stranger counts every rule', async () => {
    const exam = await draft({ maxUses: 5, overlap: 40 }, roster(30), 2, interlocking);
    expect(await seal(exam)).toMatchObject({ state: 'done', result: { papers: 32 } });
    const certificate = await world.exams.certificate(teacher, exam);
    expect(certificate).toMatchObject({ algorithm: 'niem-solved/1', questions: 10 });
    expect(certificate.constraints.filter(({ holds }) => !holds)).toEqual([]);
    const publication = await published(exam);
    expect(publication.manifest.algorithm).toBe('niem-solved/1');
    expect(await verify(publication)).toEqual({ code: 0, checks: [] });
  });

  test('tells of each form that is made, and stays a draft when it is cancelled between two', async () => {
    const many = { count: 60, perShift: 1, overlap: 90, maxUses: 62 };
    const exam = await draft(many, roster(30), 2, interlocking);
    const owner = (teacher as { user: string }).user;
    const job = await world.exams.seal(teacher, exam);
    const views = world.bank.pool.length;
    while (world.jobs.view(owner, job.id).done <= views) await new Promise((next) => setImmediate(next));
    expect(world.jobs.cancel(owner, job.id)).toMatchObject({ total: views + 62 + 32 });
    expect(await finished(world.jobs, job)).toMatchObject({ state: 'cancelled' });
    expect(await world.exams.get(teacher, exam)).toMatchObject({ state: 'draft', sealing: false });
  });

  test('is refused, with the cells, where questions would be used too often', async () => {
    const exam = await draft({ maxUses: 2 }, roster(30), 2, interlocking);
    expect(await seal(exam)).toMatchObject({
      state: 'failed',
      error: { code: 'forms-uses', values: { cells: 'c1, list', uses: 3, most: 2 } },
    });
  });
});

describe('a forged publication of forms is caught', () => {
  test('whatever was changed', async () => {
    const exam = await draft();
    await seal(exam);
    const honest = await published(exam);
    const changed = async (change: (copy: Publication) => void) => {
      const copy = structuredClone(honest);
      change(copy);
      return (await verify(copy)).checks;
    };
    const formsOf = (copy: Publication) => copy.forms?.list ?? [];
    const seatOf = (copy: Publication, at: number) => (copy.seating ?? [])[at]!;
    const paperOf = (copy: Publication, attempt: string) =>
      copy.papers.find((paper) => paper.attempt === attempt)!;
    expect(await changed((copy) => (seatOf(copy, 0).seat = 99))).toEqual(['seating']);
    expect(await changed((copy) => copy.seating?.pop())).toEqual(['seating']);
    expect(await changed((copy) => copy.manifest.reserve?.reverse())).toContain('manifest');
    expect(await changed((copy) => formsOf(copy).pop())).toEqual(['form']);
    expect(await changed((copy) => formsOf(copy)[0]!.items.pop())).toEqual(['form']);
    expect(await changed((copy) => (formsOf(copy)[0]!.items[0] = formsOf(copy)[0]!.items[9]!))).toContain(
      'form',
    );
    // a form made the same as one of another shift keeps every cell, and no overlap
    expect(await changed((copy) => (formsOf(copy)[0]!.items = formsOf(copy)[2]!.items))).toContain('form');
    // two candidates of one room change papers
    expect(
      await changed((copy) => {
        const [one, other] = [...(copy.seating ?? [])]
          .filter(({ shift, room }) => shift === 1 && room === '1')
          .map(({ attempt }) => paperOf(copy, attempt));
        const different = copy.papers.find(
          ({ attempt, paperHash }) =>
            paperHash !== one!.paperHash &&
            copy.seating?.some((seat) => seat.attempt === attempt && seat.shift === 1),
        );
        [one!.paperHash, different!.paperHash] = [different!.paperHash, one!.paperHash];
        expect(other).toBeDefined();
      }),
    ).toEqual(['paper']);
  });
});
