/** What a staff account may be. One person may hold several roles; exam and bank membership narrows them further. */
export const ROLES = ['admin', 'teacher', 'reviewer', 'proctor', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/**
 * The one table of who may do what. A route names its permission; verbs that depend on ownership or membership
 * check that besides. `candidate` marks what only a signed-in candidate may do, `public` what anybody may.
 */
export const PERMISSIONS = {
  'people.invite': ['admin'],
  'people.read': ['admin'],
  'people.manage': ['admin'],
  'banks.read': ['teacher', 'reviewer'],
  'banks.manage': ['teacher'],
  'items.write': ['teacher'],
  'items.review': ['teacher', 'reviewer'],
  'exams.read': ['teacher', 'proctor'],
  'exams.manage': ['teacher'],
  'exams.start': ['proctor'],
  'exams.watch': ['teacher', 'proctor'],
  'late.decide': ['teacher', 'proctor'],
  'essays.mark': ['teacher'],
  'results.read': ['teacher'],
  'results.release': ['teacher'],
  'audit.read': ['admin', 'auditor'],
} as const satisfies Record<string, readonly Role[]>;

export type Permission = keyof typeof PERMISSIONS;
export type Access = Permission | 'public' | 'staff' | 'candidate';

/** Who is asking. Verbs take it from the session layer, never from a request body. */
export type Actor =
  | { kind: 'staff'; user: string; roles: readonly Role[] }
  | { kind: 'candidate'; candidate: string; exam: string; attempt: string }
  | { kind: 'system' };

export function isAllowed(actor: Actor | null, access: Access): boolean {
  if (access === 'public') return true;
  if (!actor || actor.kind === 'system') return false;
  if (access === 'candidate') return actor.kind === 'candidate';
  if (actor.kind !== 'staff') return false;
  if (access === 'staff') return true;
  const roles: readonly Role[] = PERMISSIONS[access];
  return actor.roles.some((role) => roles.includes(role));
}
