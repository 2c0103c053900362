import { DomainError, REPLICAS_NEEDED, type AssuranceProfile } from '#bank/protocol';

/**
 * Board and high-stakes exams outlive the loss of a primary, so in MongoDB they need a replica set that has a majority
 * without it. The embedded store is bound by the profile's own rules.
 *
 * @param members of the replica set; null for the embedded store
 * @throws DomainError `profile-needs-replica-set`
 */
export function requireReplicas(profile: AssuranceProfile, members: number | null): void {
  const needed = REPLICAS_NEEDED[profile];
  if (members !== null && members < needed) {
    throw new DomainError('profile-needs-replica-set', 409, { profile, members, needed });
  }
}
