import { BANK_ROLES, DomainError, type Actor, type BankRole } from '#bank/protocol';
import type { Store, Stored } from '#server/storage';

export type BankRecord = Stored<'banks'>;

/** A bank as one actor sees it. */
interface BankSeat {
  bank: BankRecord;
  roles: readonly BankRole[];
}

export function memberId(bank: string, user: string): string {
  return `${bank}.${user}`;
}

/**
 * The bank with the actor's roles in it. To others than its members it does not exist.
 *
 * @throws DomainError `not-found`
 */
export async function enterBank(store: Store, actor: Actor, id: string): Promise<BankSeat> {
  const bank = await store.get('banks', id);
  if (!bank) throw new DomainError('not-found', 404);
  if (actor.kind === 'system') return { bank, roles: BANK_ROLES };
  const member = actor.kind === 'staff' ? await store.get('bankMembers', memberId(id, actor.user)) : null;
  if (!member) throw new DomainError('not-found', 404);
  return { bank, roles: rolesOf(member) };
}

/**
 * The bank, for somebody who has the role in it or manages it.
 *
 * @throws DomainError `not-found`, or `bank-role-missing` for a member without the role
 */
export async function requireRole(
  store: Store,
  actor: Actor,
  id: string,
  ...wanted: readonly BankRole[]
): Promise<BankRecord> {
  const { bank, roles } = await enterBank(store, actor, id);
  if (roles.includes('manager') || wanted.some((role) => roles.includes(role))) return bank;
  throw new DomainError('bank-role-missing', 403);
}

export function rolesOf(member: Pick<Stored<'bankMembers'>, 'roles'>): BankRole[] {
  return BANK_ROLES.filter((role) => member.roles.includes(role));
}

/** The staff account that acts. */
export function staffId(actor: Actor): string {
  if (actor.kind !== 'staff') throw new DomainError('forbidden', 403);
  return actor.user;
}
