import { beforeEach, describe, expect, test } from 'vitest';
import { leavesOf } from '../../support/ports.ts';
import {
  classList,
  finished,
  newExam,
  openWorld,
  proctor,
  otherTeacher,
  teacher,
  type World,
} from './world.ts';

let world: World;
let exam: string;
beforeEach(async () => {
  world = await openWorld();
  exam = (await world.exams.create(teacher, newExam(world.bank.id))).id;
});

const csv = (...lines: string[]) => ({
  name: 'lop.csv',
  bytes: Buffer.from(['Số báo danh,Họ và tên,Lớp,Ngày sinh', ...lines].join('\n')),
});
const two = csv('0001,Nguyễn Hoàng An,11A1,08/02/2009', 'ab2,Trần Bảo Châu,11A1,');

async function numbers(): Promise<string[]> {
  return (await world.exams.listCandidates(teacher, exam)).candidates.map(({ number }) => number);
}

describe('a class list', () => {
  test('is told before it is taken', async () => {
    const preview = await world.exams.roster.preview(teacher, exam, two);
    expect(preview).toMatchObject({ added: 2, changed: 0, same: 0, refused: 0 });
    expect(preview.rows[0]).toMatchObject({ action: 'add', number: '0001', name: 'Nguyễn Hoàng An' });
    expect(await numbers()).toEqual([]);
  });

  test('comes in once however often it is read, and changes what has changed', async () => {
    const { exams } = world;
    await exams.roster.commit(teacher, exam, two);
    expect(await exams.roster.commit(teacher, exam, two)).toMatchObject({ added: 0, changed: 0, same: 2 });
    const before = (await exams.listCandidates(teacher, exam)).candidates;
    const corrected = csv('0001,Nguyễn Hoàng Anh,11A1,08/02/2009', '0003,Lê Vân,11A1,');
    expect(await exams.roster.commit(teacher, exam, corrected)).toMatchObject({
      added: 1,
      changed: 1,
      same: 0,
    });
    const after = (await exams.listCandidates(teacher, exam)).candidates;
    expect(after.map(({ number, person }) => [number, person.name])).toEqual([
      ['0001', 'Nguyễn Hoàng Anh'],
      ['0003', 'Lê Vân'],
      ['AB2', 'Trần Bảo Châu'],
    ]);
    expect(after[0]).toMatchObject({
      id: before[0]!.id,
      attempt: before[0]!.attempt,
      person: { birthDate: '2009-02-08' },
    });
    expect(await exams.get(teacher, exam)).toMatchObject({ candidateCount: 3 });
  });

  test('with a number twice keeps the first and refuses the second by its cell; the others go in', async () => {
    const report = await world.exams.roster.commit(
      teacher,
      exam,
      csv('0001,Nguyễn Hoàng An,11A1,', '0001,Trần Bảo Châu,11A1,', '0002,Lê Vân,11A1,'),
    );
    expect(report).toMatchObject({ added: 2, refused: 1 });
    expect(report.rows[1]).toMatchObject({
      action: 'refused',
      problems: [{ code: 'roster-number-repeated', cell: 'A3' }],
    });
    expect(await numbers()).toEqual(['0001', '0002']);
  });

  test('is on the record in figures, and no name is stored in the clear', async () => {
    await world.exams.roster.commit(teacher, exam, two);
    const entries = (await leavesOf(world.audit)).filter(({ action }) => action === 'roster.import');
    expect(entries).toMatchObject([{ object: `exam:${exam}`, data: { added: 2, changed: 0 } }]);
    const stored = await world.store.range('candidates', { index: 'by_number', equals: [exam], limit: 10 });
    expect(JSON.stringify(stored)).not.toContain('Hoàng');
    for (const { person } of stored.docs) expect(person.box.includes('Nguy')).toBe(false);
  });

  test('larger than an exam may be is refused as a whole', async () => {
    await expect(world.exams.roster.commit(teacher, exam, classList(20_001))).rejects.toMatchObject({
      code: expect.stringMatching(/^(roster-too-large|file-too-many-rows)$/),
    });
    expect(await numbers()).toEqual([]);
  });

  test('of 900 comes in by chunks', async () => {
    await world.exams.roster.commit(teacher, exam, classList(900));
    expect((await world.exams.get(teacher, exam)).candidateCount).toBe(900);
    const page = await world.exams.listCandidates(teacher, exam);
    const rest = await world.exams.listCandidates(teacher, exam, page.next);
    expect(page.candidates.length + rest.candidates.length).toBe(900);
  });
});

describe('candidates', () => {
  test('leave a draft one by one, or all', async () => {
    const { exams } = world;
    await exams.roster.commit(teacher, exam, classList(5));
    const [first] = (await exams.listCandidates(teacher, exam)).candidates;
    expect(await exams.roster.remove(teacher, exam, first!.id)).toEqual({ removed: 1 });
    await expect(exams.roster.remove(teacher, exam, first!.id)).rejects.toMatchObject({ code: 'not-found' });
    expect(await exams.roster.remove(teacher, exam)).toEqual({ removed: 4 });
    expect(await exams.get(teacher, exam)).toMatchObject({ candidateCount: 0 });
    expect((await leavesOf(world.audit)).filter(({ action }) => action === 'roster.remove')).toHaveLength(2);
  });

  test('are seen by the owner and by proctors, by nobody else', async () => {
    await world.exams.roster.commit(teacher, exam, classList(1));
    expect((await world.exams.listCandidates(proctor, exam)).candidates).toHaveLength(1);
    await expect(world.exams.listCandidates(otherTeacher, exam)).rejects.toMatchObject({ code: 'not-found' });
    await expect(world.exams.roster.commit(proctor, exam, two)).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('access codes', () => {
  async function issue(): Promise<unknown> {
    return (await finished(world.jobs, await world.exams.codes.issue(teacher, exam))).result;
  }

  test('are given once to each candidate, hashed, and printed with a record', async () => {
    const { exams, store, audit } = world;
    await exams.roster.commit(teacher, exam, classList(60));
    expect(await issue()).toEqual({ issued: 60 });
    expect(await issue()).toEqual({ issued: 0 });
    await exams.roster.commit(teacher, exam, classList(1, 61));
    expect(await issue()).toEqual({ issued: 1 });
    expect(await exams.get(teacher, exam)).toMatchObject({ codeCount: 61, candidateCount: 61 });
    const { slips, title } = await exams.codes.slips(teacher, exam);
    expect(title).toBe('Kiểm tra giữa kì');
    expect(new Set(slips.map(({ code }) => code)).size).toBe(61);
    for (const { code } of slips) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(slips[0]).toMatchObject({ number: '0001', class: '11A1' });
    const [stored] = (await store.range('candidates', { index: 'by_number', equals: [exam], limit: 1 })).docs;
    expect(stored!.codeHash).toBe(`hash of ${slips[0]!.code.replace('-', '')}`);
    expect(stored!.code!.box.includes(slips[0]!.code.replace('-', ''))).toBe(false);
    const recorded = (await leavesOf(audit)).filter(({ action }) => action.startsWith('codes.'));
    expect(recorded.map(({ action, data }) => [action, data])).toEqual([
      ['codes.issue', { issued: 50 }],
      ['codes.issue', { issued: 10 }],
      ['codes.issue', { issued: 1 }],
      ['codes.print', { slips: 61 }],
    ]);
  });

  test('cannot be printed before they are made, nor by another', async () => {
    await world.exams.roster.commit(teacher, exam, classList(1));
    await expect(world.exams.codes.slips(teacher, exam)).rejects.toMatchObject({ code: 'codes-missing' });
    await expect(world.exams.codes.slips(proctor, exam)).rejects.toMatchObject({ code: 'not-found' });
    await expect(world.exams.codes.issue(otherTeacher, exam)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('give a seat by exam code and number, however they are typed', async () => {
    const { exams } = world;
    await exams.roster.commit(teacher, exam, two);
    const { code } = await exams.get(teacher, exam);
    expect(await exams.findSeat(code, 'AB2')).toBeNull();
    await issue();
    const [, second] = (await exams.listCandidates(teacher, exam)).candidates;
    const typed = ` ${code.slice(0, 3).toLowerCase()}-${code.slice(3).replaceAll('0', 'O').replaceAll('1', 'l')}`;
    expect(await exams.findSeat(typed, ' ab2 ')).toMatchObject({
      exam,
      candidate: second!.id,
      attempt: second!.attempt,
      joinable: false,
      oneDevice: true,
    });
    expect(await exams.findSeat(code, '9999')).toBeNull();
    expect(await exams.findSeat('ZZZZZZ', 'AB2')).toBeNull();
  });
});
