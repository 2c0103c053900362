import { beforeEach, describe, expect, test } from 'vitest';
import { DomainError } from '#bank/protocol';
import { readPdf } from '../../support/pdf-text.ts';
import {
  finished,
  newExam,
  openWorld,
  otherTeacher,
  proctor,
  startExam,
  teacher,
  type World,
} from './world.ts';

const HEADING = { authority: 'Sở Giáo dục và Đào tạo', school: 'Trường THPT Nguyễn Huệ' };

/** Four questions of which one in four guesses is right. */
const GUESSED = 'Đánh bừa mọi câu thì điểm kì vọng là 2,50 trên 10.';

let world: World;
let exam: string;
beforeEach(async () => {
  world = await openWorld();
  const { exams, bank } = world;
  bank.add(12);
  ({ id: exam } = await exams.create(teacher, newExam(bank.id)));
  const cell = { id: 'c1', count: 4, points: 250, topic: 'Dao động', level: 'KNOW', kind: 'choice' } as const;
  const blueprint = { parts: [{ title: 'Phần I', cells: [cell] }] };
  await exams.blueprint.set(teacher, exam, { blueprint, total: 1000 });
  const lines = ['Số báo danh,Họ và tên', '0001,Nguyễn Văn An', '0002,Trần Thị Bình'];
  await exams.roster.commit(teacher, exam, { name: 'lop.csv', bytes: Buffer.from(lines.join('\n')) });
});

const report = (by = teacher, language: 'vi' | 'en' = 'vi') =>
  world.exams.reportFile(by, exam, HEADING, language);

describe('the fairness report as a file', () => {
  test('is made of what was sealed, in the language asked for, and the same whenever it is made', async () => {
    await finished(world.jobs, await world.exams.seal(teacher, exam));
    const first = await report();
    const text = readPdf(first.bytes).lines.join(' ');
    expect(text).toContain('TRƯỜNG THPT NGUYỄN HUỆ');
    const { code, manifestHash = '' } = await world.exams.get(teacher, exam);
    for (const one of [code, manifestHash, 'Số thí sinh: 2', 'Mỗi đề: 4 câu, 10 điểm', GUESSED])
      expect(text).toContain(one);
    expect(first.name).toBe('Báo cáo công bằng của đề thi – Kiểm tra giữa kì.pdf');
    await startExam(world, exam);
    world.clock.time += 86_400_000;
    expect(Buffer.from((await report(proctor)).bytes).equals(first.bytes)).toBe(true);
    expect(readPdf((await report(teacher, 'en')).bytes).lines.join(' ')).toContain('FAIRNESS REPORT');
  });

  test('is refused before the papers are sealed, and does not exist for other teachers', async () => {
    await expect(report()).rejects.toEqual(new DomainError('exam-not-sealed', 409, { state: 'draft' }));
    await expect(report(otherTeacher)).rejects.toEqual(new DomainError('not-found', 404));
  });
});
