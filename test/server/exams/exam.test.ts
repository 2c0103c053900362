import { beforeEach, describe, expect, test } from 'vitest';
import { EXAM_STATES, EXAMS_ERRORS, EXAMS_MESSAGES, type DomainError, type ExamState } from '#bank/protocol';
import { newId } from '#bank/vault';
import { transition, type ExamRecord } from '#server/exams';
import { leavesOf } from '../../support/ports.ts';
import {
  newExam,
  openWorld,
  otherTeacher,
  proctor,
  readyExam,
  sealedExam,
  teacher,
  type World,
} from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

const HOUR = 3_600_000;

describe('creating', () => {
  test('commits to the seed on the record, and shows nothing sealed', async () => {
    const { exams, bank, audit } = world;
    const exam = await exams.create(teacher, newExam(bank.id, { title: '  Kiểm tra   15 phút ' }));
    expect(exam).toMatchObject({
      state: 'draft',
      title: 'Kiểm tra   15 phút',
      candidateCount: 0,
      sealing: false,
    });
    expect(exam.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{6}$/);
    const [entry] = (await leavesOf(audit)).filter(({ action }) => action === 'exam.create');
    expect(entry).toMatchObject({ object: `exam:${exam.id}`, data: { seedCommitment: exam.seedCommitment } });
    expect(JSON.stringify(exam)).not.toContain('box');
  });

  test.each([
    ['a duration of 9 seconds', { durationSeconds: 9 }, 'duration-out-of-range'],
    ['a duration of 13 hours', { durationSeconds: 13 * 3600 }, 'duration-out-of-range'],
    ['an unknown marking policy', { markingPolicy: 'mine' }, 'marking-policy-unknown'],
  ])('%s is refused', async (_name, changes, code) => {
    await expect(world.exams.create(teacher, newExam(world.bank.id, changes))).rejects.toMatchObject({
      code,
    });
  });

  test('a deadline that has passed, or leaves too little time, is refused', async () => {
    const { exams, bank, clock } = world;
    const at = (deadline: number) => exams.create(teacher, newExam(bank.id, { deadline }));
    await expect(at(clock.time)).rejects.toMatchObject({ code: 'deadline-past' });
    await expect(at(clock.time - HOUR)).rejects.toMatchObject({ code: 'deadline-past' });
    await expect(at(clock.time + 2_699_999)).rejects.toMatchObject({
      code: 'deadline-too-soon',
      values: { minutes: 45, deadline: new Date(clock.time + 2_699_999).toISOString() },
    });
    expect(await at(clock.time + 2_700_000)).toMatchObject({ deadline: clock.time + 2_700_000 });
  });

  test("somebody else's bank does not exist, and candidates create nothing", async () => {
    const { exams, bank } = world;
    await expect(exams.create(otherTeacher, newExam(bank.id))).rejects.toMatchObject({ code: 'not-found' });
    const candidate = { kind: 'candidate', candidate: newId(), exam: newId(), attempt: newId() } as const;
    await expect(exams.create(candidate, newExam(bank.id))).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('seeing and changing', () => {
  test('teachers see their own exams, proctors all, newest first', async () => {
    const { exams, bank, clock } = world;
    const first = await exams.create(teacher, newExam(bank.id));
    clock.time += 1000;
    const second = await exams.create(teacher, newExam(bank.id));
    for (const actor of [teacher, proctor])
      expect((await exams.list(actor)).exams.map(({ id }) => id)).toEqual([second.id, first.id]);
    expect((await exams.list(otherTeacher)).exams).toEqual([]);
    expect((await exams.get(proctor, first.id)).id).toBe(first.id);
    await expect(exams.get(otherTeacher, first.id)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('the settings of a draft change, and a deadline can be taken away', async () => {
    const { exams, bank, clock } = world;
    const { id, code, seedCommitment } = await exams.create(
      teacher,
      newExam(bank.id, { deadline: clock.time + 24 * HOUR }),
    );
    const { title, markingPolicy, showPoints } = newExam(bank.id);
    const settings = { title, markingPolicy, showPoints, durationSeconds: 600, deadline: null };
    const changed = await exams.update(teacher, id, settings);
    expect(changed).toMatchObject({ durationSeconds: 600, code, seedCommitment });
    expect(changed.deadline).toBeUndefined();
    await expect(exams.update(proctor, id, settings)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('a sealed exam changes no more', async () => {
    const id = await sealedExam(world, 1);
    const { title, markingPolicy, showPoints } = newExam(world.bank.id);
    const settings = { title, markingPolicy, showPoints, durationSeconds: 600 };
    const refused = { code: 'exam-not-draft', status: 409 };
    await expect(world.exams.update(teacher, id, settings)).rejects.toMatchObject(refused);
    await expect(world.exams.roster.remove(teacher, id)).rejects.toMatchObject(refused);
    await expect(world.exams.seal(teacher, id)).rejects.toMatchObject(refused);
  });
});

describe('states', () => {
  const movesOf = (from: ExamState) =>
    EXAM_STATES.map((to) => {
      try {
        return transition({ _id: 'e', v: 3, state: from } as ExamRecord, to) === null ? 'stays' : to;
      } catch (error) {
        return (error as DomainError).code;
      }
    });

  test('each follows the one before and no other; repeating changes nothing', () => {
    const no = {
      sealed: 'exam-not-draft',
      open: 'exam-not-sealed',
      closed: 'exam-not-open',
      graded: 'exam-not-closed',
    };
    const toReleased = 'exam-not-graded';
    const back = 'exam-not-draft';
    const end = no.open;
    expect(movesOf('draft')).toEqual(['stays', 'sealed', no.open, no.closed, no.graded, toReleased, end]);
    expect(movesOf('sealed')).toEqual([back, 'stays', 'open', no.closed, no.graded, toReleased, 'cancelled']);
    expect(movesOf('open')).toEqual([back, no.sealed, 'stays', 'closed', no.graded, toReleased, end]);
    expect(movesOf('closed')).toEqual([back, no.sealed, no.open, 'stays', 'graded', toReleased, end]);
    expect(movesOf('graded')).toEqual([back, no.sealed, no.open, no.closed, 'stays', 'released', end]);
    expect(movesOf('released')).toEqual([back, no.sealed, no.open, no.closed, no.graded, 'stays', end]);
    const gone = [back, no.sealed, no.open, no.closed, no.graded, toReleased, 'stays'];
    expect(movesOf('cancelled')).toEqual(gone);
  });

  test('of two who start at once one does it, on the record once', async () => {
    const { exams, audit } = world;
    const id = await sealedExam(world, 1);
    const step = { to: 'open', action: 'exam.start' } as const;
    const both = await Promise.all([exams.advance(teacher, id, step), exams.advance(proctor, id, step)]);
    expect(both.map(({ state, v }) => [state, v])).toEqual([
      both.map(() => ['open', both[0].v])[0],
      ['open', both[0].v],
    ]);
    expect((await leavesOf(audit)).filter(({ action }) => action === 'exam.start')).toHaveLength(1);
    await expect(exams.advance(teacher, id, { to: 'graded', action: 'exam.close' })).rejects.toMatchObject({
      code: 'exam-not-closed',
    });
  });

  test('a draft cannot be started', async () => {
    const id = await readyExam(world, 1);
    await expect(
      world.exams.advance(proctor, id, { to: 'open', action: 'exam.start' }),
    ).rejects.toMatchObject({
      code: 'exam-not-sealed',
    });
  });
});

test('every code has its two sentences', () => {
  expect(Object.keys(EXAMS_MESSAGES).sort()).toEqual(Object.keys(EXAMS_ERRORS).sort());
});
