import { DomainError, demandsOf } from '#bank/protocol';
import type { ExamRecord } from './exam-state.ts';

/** What this installation keeps exams on. */
export type Means =
  | { database: 'embedded'; hasStandby: boolean }
  | {
      database: 'mongodb';
      /** Members of the replica set that hold data. */
      members: number;
      /** Whether a signed report is kept here that says that this database has passed `niem doctor`. */
      isExamined(): Promise<boolean>;
    };

/**
 * Whether this installation can hold to what the profile of an exam promises.
 *
 * @throws DomainError `profile-needs-standby`; on MongoDB `profile-needs-replica-set`, `profile-needs-examination`
 */
export async function requireMeans(
  { profile, createdAt }: Pick<ExamRecord, 'profile' | 'createdAt'>,
  means: Means,
): Promise<void> {
  const { disks, members: needed, examined } = demandsOf(profile, createdAt.getTime());
  if (means.database === 'embedded') {
    if (disks === 2 && !means.hasStandby) throw new DomainError('profile-needs-standby', 409, { profile });
    return;
  }
  const { members } = means;
  if (members < needed) throw new DomainError('profile-needs-replica-set', 409, { profile, members, needed });
  if (examined && !(await means.isExamined()))
    throw new DomainError('profile-needs-examination', 409, { profile });
}
