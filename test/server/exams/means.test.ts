import { expect, test } from 'vitest';
import { DomainError, type ExamProfile } from '#bank/protocol';
import { requireMeans, type Means } from '#server/exams';
import { sentencesOf } from '../../support/refusal.ts';

const PROFILES: readonly ExamProfile[] = ['P0', 'P1', 'P2', 'P3'];
const createdAt = new Date(Date.UTC(2026, 10, 30));

/** The profiles that are refused by such an installation. */
async function refused(means: Means): Promise<DomainError[]> {
  const errors: DomainError[] = [];
  for (const profile of PROFILES) {
    await requireMeans({ profile, createdAt }, means).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
      errors.push(error);
    });
  }
  return errors;
}

const mongo = (members: number, isExamined: boolean): Means => ({
  database: 'mongodb',
  members,
  isExamined: async () => isExamined,
});

test('board and high-stakes exams are refused by a MongoDB that the loss of its primary would stop', async () => {
  for (const members of [1, 2]) {
    const errors = await refused(mongo(members, true));
    expect(errors.map(({ values }) => values)).toEqual([
      { profile: 'P2', members, needed: 3 },
      { profile: 'P3', members, needed: 3 },
    ]);
    for (const { code, values } of errors) {
      const { vi, en } = sentencesOf(code, values);
      expect(vi).toContain(`ít nhất 3 máy, nhưng hiện chỉ có ${members}`);
      expect(en).toContain(`at least 3 members; this one has ${members}`);
    }
  }
});

test('board and high-stakes exams are refused by a MongoDB that has not passed its examination', async () => {
  const errors = await refused(mongo(3, false));
  expect(errors.map(({ code, values }) => [code, values['profile']])).toEqual([
    ['profile-needs-examination', 'P2'],
    ['profile-needs-examination', 'P3'],
  ]);
  for (const { code, values } of errors) {
    const { vi, en } = sentencesOf(code, values);
    for (const sentence of [vi, en]) expect(sentence).toContain('niem doctor --database URL');
  }
  expect(await refused(mongo(3, true))).toEqual([]);
});

test('board and high-stakes exams are refused by a data folder without a standby', async () => {
  const errors = await refused({ database: 'embedded', hasStandby: false });
  expect(errors.map(({ code, values }) => [code, values['profile']])).toEqual([
    ['profile-needs-standby', 'P2'],
    ['profile-needs-standby', 'P3'],
  ]);
  for (const { code, values } of errors) {
    const { vi, en } = sentencesOf(code, values);
    for (const sentence of [vi, en]) expect(sentence).toContain('NIEM_STANDBY');
  }
  expect(await refused({ database: 'embedded', hasStandby: true })).toEqual([]);
});
