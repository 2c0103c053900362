import { beforeEach, expect, test } from 'vitest';
import type { ExamSettings } from '#bank/protocol';
import type { Means } from '#server/exams';
import { leavesOf } from '../../support/ports.ts';
import { finished, newExam, openWorld, readyExam, startExam, teacher, type World } from './world.ts';

const WITH_STANDBY: Means = { database: 'embedded', hasStandby: true };
const BOARD = { profile: 'P2' } as const;

let world: World;
beforeEach(async () => {
  world = await openWorld();
});

async function settingsOf(exam: string): Promise<ExamSettings> {
  const { title, durationSeconds, markingPolicy, showPoints } = await world.exams.get(teacher, exam);
  return { title, durationSeconds, markingPolicy, showPoints };
}

test('an exam for which no profile was chosen is a school test', async () => {
  const { profile: _, ...unsaid } = newExam(world.bank.id);
  expect((await world.exams.create(teacher, unsaid)).profile).toBe('P1');
});

test('the profile can be changed until the exam is sealed; settings without one leave it', async () => {
  const exam = await readyExam(world);
  await world.exams.update(teacher, exam, { ...(await settingsOf(exam)), ...BOARD });
  const { profile } = await world.exams.update(teacher, exam, await settingsOf(exam));
  expect(profile).toBe('P2');
  const exams = world.over(world.store, WITH_STANDBY);
  await finished(world.jobs, await exams.seal(teacher, exam));
  await expect(
    exams.update(teacher, exam, { ...(await settingsOf(exam)), profile: 'P1' }),
  ).rejects.toMatchObject({ code: 'exam-not-draft' });
});

test('a board exam is sealed only where there is a second disk', async () => {
  const exam = await readyExam(world, 2, BOARD);
  await expect(world.exams.seal(teacher, exam)).rejects.toMatchObject({
    code: 'profile-needs-standby',
    values: { profile: 'P2' },
  });
  const exams = world.over(world.store, WITH_STANDBY);
  expect((await finished(world.jobs, await exams.seal(teacher, exam))).state).toBe('done');
});

test('the profile stands in the ledger, in the manifest and in the publication', async () => {
  const exam = await readyExam(world, 2, BOARD);
  const exams = world.over(world.store, WITH_STANDBY);
  await finished(world.jobs, await exams.seal(teacher, exam));
  const acts = (await leavesOf(world.audit)).filter(({ data }) => data && 'profile' in data);
  expect(acts.map(({ action, data }) => [action, data?.['profile']])).toEqual([
    ['exam.create', 'P2'],
    ['exam.seal', 'P2'],
  ]);
  await startExam(world, exam);
  world.clock.time += 2700 * 1000;
  await exams.advance({ kind: 'system' }, exam, { to: 'closed', action: 'exam.close' });
  const { manifest } = await exams.publish(teacher, exam);
  expect(manifest.policy.profile).toBe('P2');
});
