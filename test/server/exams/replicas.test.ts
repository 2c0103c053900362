import { expect, test } from 'vitest';
import { DomainError, type AssuranceProfile } from '#bank/protocol';
import { requireReplicas } from '../../../server/exams/replicas.ts';
import { sentencesOf } from '../../support/refusal.ts';

const PROFILES: readonly AssuranceProfile[] = ['P0', 'P1', 'P2', 'P3'];

/** The profiles that are refused with so many members. */
function refused(members: number | null): DomainError[] {
  return PROFILES.flatMap((profile) => {
    try {
      requireReplicas(profile, members);
      return [];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return [error];
    }
  });
}

test('board and high-stakes exams are refused by a MongoDB that the loss of its primary would stop', () => {
  for (const members of [1, 2]) {
    const errors = refused(members);
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
  expect(refused(3)).toEqual([]);
  expect(refused(null)).toEqual([]);
});
