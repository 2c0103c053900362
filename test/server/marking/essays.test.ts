import { describe, expect, it } from 'vitest';
import { DomainError, type Response } from '#bank/protocol';
import { leavesOf } from '../../support/ports.ts';
import { staff } from '../../support/staff.ts';
import { closedExam, type Fixture } from './fixture.ts';
import { POOL } from './pool.ts';

const SLOT = POOL.length;
const TEXTS = ['Bài của An: chiều nay trời mưa.', 'Bài của Bình.', '   '];
const ESSAY: (typeof POOL)[number] = {
  content: { kind: 'essay', stem: [[{ t: 'text', v: 'Tả một cơn mưa.' }]] },
  key: {
    criteria: [
      { id: 'a', title: 'Ý', note: 'chỉ người chấm thấy', levels: [{ points: 100, text: 'đủ' }] },
      { id: 'b', title: 'Lời', levels: [{ points: 50, text: 'hay' }] },
    ],
  },
  part: 2,
  points: 300,
  right: null,
  wrong: null,
  less: 0,
};

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

/** Three candidates, of whom the last wrote nothing but blanks. */
async function essayExam(): Promise<Fixture> {
  const fixture = await closedExam(TEXTS.length, { pool: [...POOL, ESSAY] });
  for (const [i, e] of TEXTS.entries())
    await fixture.writeSheet(fixture.candidates[i]?.attempt ?? '', 2, [[SLOT, { e } satisfies Response]]);
  return fixture;
}

/** The id of the essay with this text, found as a marker would. */
async function essayWith({ marking, teacher, exam }: Fixture, text: string): Promise<string> {
  const { essays } = marking();
  for (const { essay } of (await essays.list(teacher, exam)).essays)
    if ((await essays.read(teacher, exam, essay)).text === text) return essay;
  throw new Error(`no essay says ${text}`);
}

describe('essays of an exam', () => {
  it('are listed and read without whose they are, and reading one is on the record', async () => {
    const fixture = await essayExam();
    const { essays } = fixture.marking();
    const list = await essays.list(fixture.teacher, fixture.exam);
    expect(list).toMatchObject({ total: 2, marked: 0 });
    const read = await essays.read(fixture.teacher, fixture.exam, list.essays[0]?.essay ?? '');
    expect(read.criteria).toEqual('criteria' in ESSAY.key ? ESSAY.key.criteria : null);
    const told = JSON.stringify([list, read]);
    for (const { id, attempt, number, name } of fixture.candidates)
      for (const secret of [id, attempt, number, name]) expect(told).not.toContain(secret);
    expect(await fixture.acts()).toContain(`essay.read exam:${fixture.exam}`);
  });

  it('are those of their exam’s owner only, and only once it has closed', async () => {
    const fixture = await essayExam();
    const { essays } = fixture.marking();
    expect(await refusal(essays.list(staff('teacher'), fixture.exam))).toBe('not-found');
    const essay = await essayWith(fixture, TEXTS[0] ?? '');
    expect(await refusal(essays.read(staff('teacher'), fixture.exam, essay))).toBe('not-found');
    const { v, ...doc } = (await fixture.store.get('exams', fixture.exam)) ?? (undefined as never);
    await fixture.store.commit([
      { op: 'replace', in: 'exams', doc: { ...doc, state: 'open' }, ifVersion: v },
    ]);
    expect(await refusal(essays.list(fixture.teacher, fixture.exam))).toBe('exam-not-closed');
    expect(await refusal(essays.read(fixture.teacher, fixture.exam, essay))).toBe('exam-not-closed');
  });

  it('are marked within the rubric; of two who mark one at the same time one is told so', async () => {
    const fixture = await essayExam();
    const { teacher, exam } = fixture;
    const { essays } = fixture.marking();
    const essay = await essayWith(fixture, TEXTS[0] ?? '');
    const mark = (version: number, points: Record<string, number>) =>
      essays.mark(teacher, exam, essay, { version, points });
    expect(await refusal(mark(0, { a: 101, b: 0 }))).toBe('essay-points');
    expect(await refusal(mark(0, { a: 100 }))).toBe('essay-points');
    const both = await Promise.all([refusal(mark(0, { a: 100, b: 0 })), refusal(mark(0, { a: 100, b: 0 }))]);
    expect(both.sort()).toEqual(['essay-mark-conflict', 'none']);
    const { version } = await essays.read(teacher, exam, essay);
    expect(await refusal(mark(0, { a: 0, b: 0 }))).toBe('essay-mark-conflict');
    expect(await mark(version, { a: 50, b: 25 })).toEqual({ version: version + 1 });
    expect(await essays.read(teacher, exam, essay)).toMatchObject({ points: { a: 50, b: 25 } });
    const acts = (await leavesOf(fixture.audit)).filter(({ action }) => action === 'essay.mark');
    expect(acts).toHaveLength(2);
  });

  it('keep the exam from being graded until each that is not blank has its mark', async () => {
    const fixture = await essayExam();
    const { teacher, exam } = fixture;
    const marking = fixture.marking();
    const give = async (text: string, points: Record<string, number>, comment: string) =>
      marking.essays.mark(teacher, exam, await essayWith(fixture, text), { version: 0, points, comment });
    await give(TEXTS[0] ?? '', { a: 100, b: 25 }, 'Tốt');
    expect(await refusal(marking.grade(teacher, exam))).toBe('essays-unmarked');
    expect(await refusal(marking.startGrading(teacher, exam))).toBe('essays-unmarked');
    await give(TEXTS[1] ?? '', { a: 0, b: 50 }, 'Ngắn');
    await marking.grade(teacher, exam);
    expect(await refusal(give(TEXTS[1] ?? '', { a: 0, b: 0 }, ''))).toBe('exam-not-closed');
    await marking.release(teacher, exam);
    const results = await Promise.all(
      fixture.candidates.map(async ({ id, attempt }) => {
        const result = await marking.candidateResult({ kind: 'candidate', candidate: id, exam, attempt });
        return result.questions?.find(({ slot }) => slot === SLOT);
      }),
    );
    // 1,25 of 1,50 points of the rubric, in a paper that gives 3,00 for it.
    expect(results[0]).toMatchObject({
      points: 250,
      max: 300,
      comment: 'Tốt',
      criteria: [
        { title: 'Ý', points: 100, max: 100 },
        { title: 'Lời', points: 25, max: 50 },
      ],
    });
    expect(results.map((one) => one?.points)).toEqual([250, 100, 0]);
  });

  it('need a mark again when another answer has come to count', async () => {
    const fixture = await essayExam();
    const { teacher, exam } = fixture;
    const { essays } = fixture.marking();
    const essay = await essayWith(fixture, TEXTS[1] ?? '');
    await essays.mark(teacher, exam, essay, { version: 0, points: { a: 100, b: 50 } });
    expect((await essays.list(teacher, exam)).marked).toBe(1);
    const attempt = fixture.candidates[1]?.attempt ?? '';
    await fixture.writeSheet(attempt, 3, [
      [1, null],
      [SLOT, { e: 'Bài khác.' }],
    ]);
    expect((await essays.list(teacher, exam)).marked).toBe(0);
  });
});
