import { describe, expect, it } from 'vitest';
import { DomainError, type Actor } from '#bank/protocol';
import type { Keyring } from '#server/keys';
import { Unavailable, type Store, type Stored } from '#server/storage';
import { newId } from '#bank/vault';
import { ended } from '../../support/ports.ts';
import { closedExam, type Candidate, type Fixture } from './fixture.ts';
import { POOL_POINTS } from './pool.ts';

const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
const candidateActor = (one: Candidate | undefined, exam: string): Extract<Actor, { kind: 'candidate' }> => ({
  kind: 'candidate',
  candidate: one?.id ?? '',
  exam,
  attempt: one?.attempt ?? '',
});

async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof DomainError ? error.code : String(error);
  }
  return 'none';
}

function present<T>(doc: T | null): T {
  if (doc === null) throw new Error('no such document');
  return doc;
}

async function stateOf({ store, exam }: Fixture): Promise<string | undefined> {
  return (await store.get('exams', exam))?.state;
}

async function setState({ store, exam }: Fixture, state: Stored<'exams'>['state']): Promise<void> {
  const { v, ...rest } = present(await store.get('exams', exam));
  await store.commit([{ op: 'replace', in: 'exams', doc: { ...rest, state }, ifVersion: v }]);
}

describe('grading', () => {
  it('brings the mark to the scale of the policy, for staff and candidates', async () => {
    const fixture = await closedExam(4);
    const { exam, teacher, store, candidates } = fixture;
    const { v, ...rest } = present(await store.get('exams', exam));
    const doc = { ...rest, markingPolicy: 'generic-percent' };
    await store.commit([{ op: 'replace', in: 'exams', doc, ifVersion: v }]);
    const marking = fixture.marking();
    await marking.grade(teacher, exam);
    const { exam: about, rows } = await marking.resultTable(teacher, exam, { limit: 10 });
    expect(about.max).toBe(100_00);
    expect(rows).toHaveLength(4);
    for (const { marks } of rows) {
      const [total = 0, rounded = 0] = [marks?.total, marks?.rounded];
      // the total that is shown is rounded too, the mark is made from the exact one
      expect(Math.abs(rounded * POOL_POINTS - total * 100_00)).toBeLessThanOrEqual(
        (100_00 + POOL_POINTS) / 2,
      );
    }
    await setState(fixture, 'released');
    const own = await marking.candidateResult(candidateActor(candidates[0], exam));
    expect(own).toMatchObject({ max: 100_00, rounded: rows[0]?.marks?.rounded });
  });

  it('gives every candidate exactly the points that the keys say, and the absent none', async () => {
    const fixture = await closedExam(128, { absent: [6, 77] });
    const { exam, teacher, candidates } = fixture;
    const marking = fixture.marking();
    const progress: [number, number][] = [];
    const summary = await marking.grade(teacher, exam, { progress: (...step) => progress.push(step) });
    expect(summary).toMatchObject({ exam, policy: 'vn-thpt-2025', graded: 126, absent: 2 });
    expect(progress.at(-1)).toEqual([128, 128]);
    expect(await stateOf(fixture)).toBe('graded');

    const table = await marking.resultTable(teacher, exam, { limit: 500 });
    expect(table.exam).toMatchObject({ max: POOL_POINTS, state: 'graded', candidateCount: 128 });
    expect(table.parts).toEqual([
      { title: 'Phần I', max: 50 },
      { title: 'Phần II', max: 100 },
      { title: 'Phần III', max: 500 },
    ]);
    expect(table.rows).toEqual(
      candidates.map(({ attempt, number, name, expected }) => {
        const total = expected && sum(expected);
        return {
          attempt,
          number,
          name,
          class: '11A1',
          marks: expected && { parts: expected, total, rounded: total },
        };
      }),
    );
    expect(await fixture.acts()).toContain(`exam.grade exam:${exam}`);
  });

  it('gives the same summary however often and however many at once', async () => {
    const fixture = await closedExam(30);
    const { exam, teacher } = fixture;
    const [first, ...others] = await Promise.all(
      Array.from({ length: 4 }, () => fixture.marking().grade(teacher, exam)),
    );
    expect(others).toEqual([first, first, first]);
    expect(await fixture.marking().grade(teacher, exam)).toEqual(first);
    expect(await fixture.store.count('results', { index: 'by_exam', equals: [exam] })).toBe(30);
    expect((await fixture.acts()).filter((act) => act.startsWith('exam.grade '))).toHaveLength(1);
  });

  it('waits for the close, and is for the owner only', async () => {
    const fixture = await closedExam(1);
    const { exam, teacher } = fixture;
    const marking = fixture.marking();
    for (const state of ['draft', 'sealed', 'open'] as const) {
      await setState(fixture, state);
      expect(await refusal(marking.grade(teacher, exam))).toBe('exam-not-closed');
      expect(await refusal(marking.startGrading(teacher, exam))).toBe('exam-not-closed');
      expect(await refusal(marking.release(teacher, exam))).toBe('exam-not-graded');
      expect(await refusal(marking.resultTable(teacher, exam))).toBe('exam-not-graded');
    }
    await setState(fixture, 'closed');
    const stranger: Actor = { ...teacher, user: 'someone-else' };
    const candidate = candidateActor(fixture.candidates[0], exam);
    for (const actor of [stranger, candidate]) {
      expect(await refusal(marking.grade(actor, exam))).toBe('not-found');
      expect(await refusal(marking.release(actor, exam))).toBe('not-found');
      expect(await refusal(marking.resultTable(actor, exam))).toBe('not-found');
      expect(await refusal(marking.exportResults(actor, exam, 'csv'))).toBe('not-found');
    }
    expect(await refusal(marking.grade(teacher, 'A'.repeat(22)))).toBe('not-found');
  });

  it('marks the newest version of a sheet, and takes an answer with foreign tokens for blank', async () => {
    const fixture = await closedExam(2);
    const { exam, teacher, candidates } = fixture;
    const [first, second] = candidates;
    await fixture.writeSheet(first?.attempt ?? '', 2, [[1, { c: 'b' }]]);
    await fixture.writeSheet(second?.attempt ?? '', 2, [
      [1, { c: 'toString' }],
      [3, { t: { aaaaaaaa: true } }],
      [4, { x: '3.14' }],
      [99, { x: 'nowhere' }],
    ]);
    await fixture.marking().grade(teacher, exam);
    const { rows } = await fixture.marking().resultTable(teacher, exam);
    expect(rows.map((row) => row.marks?.total)).toEqual([25, 50]);
  });

  it('can be cancelled between chunks and begun again', async () => {
    const fixture = await closedExam(205);
    const { exam, teacher } = fixture;
    const abort = new AbortController();
    const cancelled = fixture.marking().grade(teacher, exam, {
      progress: () => abort.abort(),
      signal: abort.signal,
    });
    await expect(cancelled).rejects.toThrow(/abort/i);
    expect(await stateOf(fixture)).toBe('closed');
    expect(await refusal(fixture.marking().resultTable(teacher, exam))).toBe('exam-not-graded');
    expect(await fixture.marking().grade(teacher, exam)).toMatchObject({ graded: 205, absent: 0 });
  });

  it('publishes nothing when a commit fails, and is begun again with the same outcome', async () => {
    const fixture = await closedExam(3);
    const { exam, teacher, store } = fixture;
    let commits = 0;
    const failing: Store = {
      get: store.get.bind(store),
      getMany: store.getMany.bind(store),
      range: store.range.bind(store),
      count: store.count.bind(store),
      close: store.close.bind(store),
      commit: async (writes) => {
        if (++commits === 2) throw new Unavailable('disk full');
        return store.commit(writes);
      },
    };
    await expect(fixture.marking({ store: failing }).grade(teacher, exam)).rejects.toThrow(Unavailable);
    expect(await stateOf(fixture)).toBe('closed');
    expect(await store.count('results', { index: 'by_exam', equals: [exam] })).toBe(3);
    const summary = await fixture.marking().grade(teacher, exam);
    expect(await fixture.marking().grade(teacher, exam)).toEqual(summary);
  });

  it('refuses and alarms when two runs differ', async () => {
    const fixture = await closedExam(4);
    const { exam, teacher, keyring } = fixture;
    let keysOpened = 0;
    const wavering: Keyring = {
      ...keyring,
      open: async (line, context, sealed) => {
        const bytes = await keyring.open(line, context, sealed);
        const second = /^bank\/.*\/marking$/.test(line) && ++keysOpened > 7;
        return second ? Buffer.from(Buffer.from(bytes).toString().replace('["b"]', '["c"]')) : bytes;
      },
    };
    const error: unknown = await fixture
      .marking({ keyring: wavering })
      .grade(teacher, exam)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'marking-not-repeatable', values: { count: 2 } });
    expect(await stateOf(fixture)).toBe('closed');
    expect(await fixture.store.count('results', { index: 'by_exam', equals: [exam] })).toBe(0);
    expect(await fixture.acts()).toContain(`exam.gradeMismatch exam:${exam}`);
  });

  it('refuses when a sheet was taken away, instead of calling the candidate absent', async () => {
    const fixture = await closedExam(2);
    const { exam, teacher, store, candidates } = fixture;
    const { _id, v } = present(await store.get('sheets', `${candidates[1]?.attempt}.1`));
    await store.commit([{ op: 'delete', in: 'sheets', id: _id, ifVersion: v }]);
    expect(await refusal(fixture.marking().grade(teacher, exam))).toBe('marking-unreadable');
    expect(await stateOf(fixture)).toBe('closed');
  });

  it.each(['papers', 'sheets', 'pools'] as const)(
    'refuses when something of %s was altered',
    async (collection) => {
      const fixture = await closedExam(2);
      const { exam, teacher, store, candidates } = fixture;
      const attempt = candidates[1]?.attempt ?? '';
      const flip = (sealed: { box: Buffer }) => {
        const last = sealed.box.length - 1;
        sealed.box[last] = (sealed.box[last] ?? 0) ^ 1;
      };
      if (collection === 'papers') {
        const { v, ...doc } = present(await store.get('papers', attempt));
        flip(doc.paper);
        await store.commit([{ op: 'replace', in: 'papers', doc, ifVersion: v }]);
      } else if (collection === 'sheets') {
        const { v, ...doc } = present(await store.get('sheets', `${attempt}.1`));
        flip(doc.sheet);
        await store.commit([{ op: 'replace', in: 'sheets', doc, ifVersion: v }]);
      } else {
        const { v, ...doc } = present(await store.get('pools', exam));
        flip(doc.map);
        await store.commit([{ op: 'replace', in: 'pools', doc, ifVersion: v }]);
      }
      expect(await refusal(fixture.marking().grade(teacher, exam))).toBe('marking-unreadable');
      expect(await stateOf(fixture)).toBe('closed');
    },
  );

  it('runs as a job with progress', async () => {
    const fixture = await closedExam(3);
    const { exam, teacher, jobs } = fixture;
    const job = await fixture.marking().startGrading(teacher, exam);
    const view = await ended(jobs, teacher, job.id);
    expect(view).toMatchObject({ state: 'done', done: 3, total: 3, result: { graded: 3 } });
  });
});

describe('results', () => {
  it('are the candidate’s only after the release, question by question where the exam shows points', async () => {
    const fixture = await closedExam(3, { absent: [2] });
    const { exam, teacher, candidates } = fixture;
    const marking = fixture.marking();
    await marking.grade(teacher, exam);
    const [, second, third] = candidates.map((one) => candidateActor(one, exam));
    if (!second || !third) throw new Error('too few candidates');
    expect(await refusal(marking.candidateResult(second))).toBe('result-not-released');

    expect(await marking.release(teacher, exam)).toEqual({ state: 'released' });
    expect(await marking.release(teacher, exam)).toEqual({ state: 'released' });
    expect((await fixture.acts()).filter((act) => act.startsWith('exam.release'))).toHaveLength(1);
    const result = await marking.candidateResult(second);
    expect(result).toEqual({
      state: 'marked',
      rounded: sum(candidates[1]?.expected ?? []),
      max: POOL_POINTS,
      questions: [
        { number: 1, slot: 1, points: 0, max: 25 },
        { number: 2, slot: 2, points: 8, max: 25 },
        { number: 3, slot: 3, points: 25, max: 100 },
        { number: 4, slot: 4, points: 0, max: 50 },
        { number: 5, slot: 5, points: 0, max: 50 },
        { number: 6, slot: 6, points: 34, max: 100 },
        { number: 7, slot: 7, points: 25, max: 50 },
        { number: 8, slot: 8, points: 50, max: 100 },
        { number: 9, slot: 9, points: 25, max: 50 },
        { number: 10, slot: 10, points: 25, max: 50 },
        { number: 11, slot: 11, points: 0, max: 50 },
      ],
    });
    expect(await marking.candidateResult(third)).toEqual({ state: 'absent' });
    const other = { ...second, attempt: 'A'.repeat(22) };
    expect(await marking.candidateResult(other)).toEqual({ state: 'absent' });
  });

  it('show the mark alone where the exam does not show points', async () => {
    const fixture = await closedExam(2, { showPoints: false });
    const { exam, teacher, candidates } = fixture;
    const marking = fixture.marking();
    await marking.grade(teacher, exam);
    await marking.release(teacher, exam);
    const result = await marking.candidateResult(candidateActor(candidates[1], exam));
    expect(result).toEqual({
      state: 'marked',
      rounded: sum(candidates[1]?.expected ?? []),
      max: POOL_POINTS,
    });
  });

  it('come page by page with names, each reading on the record', async () => {
    const fixture = await closedExam(7);
    const { exam, teacher, candidates } = fixture;
    const marking = fixture.marking();
    await marking.grade(teacher, exam);
    const numbers: string[] = [];
    let after: string | undefined;
    do {
      const table = await marking.resultTable(teacher, exam, {
        limit: 3,
        ...(after !== undefined && { after }),
      });
      numbers.push(...table.rows.map((row) => row.number));
      after = table.next;
    } while (after !== undefined);
    expect(numbers).toEqual(candidates.map((one) => one.number));
    expect((await fixture.acts()).filter((act) => act === `result.list exam:${exam}`)).toHaveLength(3);
    expect(await refusal(marking.resultTable(teacher, exam, { after: 'forged' }))).toBe('invalid-input');
  });

  it('leave as files, on the record', async () => {
    const fixture = await closedExam(3, { absent: [0] });
    const { exam, teacher, candidates } = fixture;
    const marking = fixture.marking();
    await marking.grade(teacher, exam);
    const csv = await marking.exportResults(teacher, exam, 'csv');
    expect(csv.name).toBe('bang-diem-7K3M9Q.csv');
    const text = Buffer.from(csv.bytes).toString('utf8');
    for (const { name, number } of candidates) expect(text).toContain(`${number},${name},11A1`);
    expect(text).toContain('Vắng');
    const xlsx = await marking.exportResults(teacher, exam, 'xlsx');
    expect(Buffer.from(xlsx.bytes).subarray(0, 2).toString()).toBe('PK');
    expect((await fixture.acts()).filter((act) => act === `result.export exam:${exam}`)).toHaveLength(2);
  });

  it('are not shown to anybody once candidates were exchanged in the database', async () => {
    const fixture = await closedExam(3);
    const { exam, teacher, store, candidates } = fixture;
    const marking = fixture.marking();
    await marking.grade(teacher, exam);
    const give = async (candidate: string, attempt: string) => {
      const { v, ...doc } = present(await store.get('candidates', candidate));
      await store.commit([{ op: 'replace', in: 'candidates', doc: { ...doc, attempt }, ifVersion: v }]);
    };
    const [first, second] = candidates;
    if (!first || !second) throw new Error('too few candidates');
    await give(first.id, newId());
    await give(second.id, first.attempt);
    expect(await refusal(marking.resultTable(teacher, exam))).toBe('marking-unreadable');
    expect(await refusal(marking.exportResults(teacher, exam, 'csv'))).toBe('marking-unreadable');
  });

  it('lie in the store sealed, under their own digest', async () => {
    const fixture = await closedExam(1);
    const { exam, teacher, store, candidates } = fixture;
    await fixture.marking().grade(teacher, exam);
    const doc = await store.get('results', candidates[0]?.attempt ?? '');
    expect(JSON.stringify(doc)).not.toContain('rounded');
    expect(doc?.result.box.includes('points')).toBe(false);
    expect(doc?.digest).toMatch(/^[0-9a-f]{64}$/);
  });
});
