import type { Actor } from '#bank/protocol';
import { newId } from '#bank/vault';

export type StaffActor = Extract<Actor, { kind: 'staff' }>;

/** A new member of staff with these roles, a teacher where none is named. */
export function staff(...roles: StaffActor['roles']): StaffActor {
  return { kind: 'staff', user: newId(), roles: roles.length > 0 ? roles : ['teacher'] };
}
