import type { Actor } from '#bank/protocol';

/** What the session layer knows of a signed-in caller. */
export interface SessionInfo {
  /** Hash of the session token; safe to log, useless to sign in with. */
  id: string;
  actor: Extract<Actor, { kind: 'staff' | 'candidate' }>;
  expiresAt: number;
}

/** Who it is, in however many sessions. */
export function personOf({ actor }: SessionInfo): string {
  return actor.kind === 'staff' ? actor.user : actor.candidate;
}

/** Finds the session of a cookie value; null when unknown, expired or revoked. */
export type Authenticate = (token: string) => Promise<SessionInfo | null>;

export const SESSION_COOKIE = { secure: '__Host-niem', plain: 'niem' } as const;

/** Tells the devices behind one address from each other while nobody is signed in; opens nothing. */
export const DEVICE_COOKIE = 'niem-device';

/** Who calls with these cookies; null for nobody whom the server knows. */
export async function sessionByCookie(
  header: string | undefined,
  { authenticate, secureCookies }: { authenticate: Authenticate; secureCookies: boolean },
): Promise<SessionInfo | null> {
  const token = readCookie(header, secureCookies ? SESSION_COOKIE.secure : SESSION_COOKIE.plain);
  return token ? authenticate(token) : null;
}

/** Reads one cookie of a `Cookie` header; null when it is absent. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return null;
}
