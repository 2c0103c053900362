import { DomainError, demandsOf, type Actor } from '#bank/protocol';
import type { ExamRecord } from './exam-state.ts';

/**
 * Whether the profile of an exam lets this person start it and decide on its candidates: where it takes two persons,
 * not who made it, whatever roles that account has besides.
 *
 * @throws DomainError `profile-needs-second-person`
 */
export function requireSecondPerson(
  { profile, createdAt, owner }: Pick<ExamRecord, 'profile' | 'createdAt' | 'owner'>,
  actor: Actor,
): void {
  const isOwner = actor.kind === 'staff' && actor.user === owner;
  if (isOwner && demandsOf(profile, createdAt.getTime()).secondPerson)
    throw new DomainError('profile-needs-second-person', 403, { profile });
}
