import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '#bank/protocol';
import type { Clock } from '#server/http';

export type CandidateActor = Extract<Actor, { kind: 'candidate' }>;

const LIFETIME_MS = 30_000;
const TICKET_BYTES = 16;
/** Tickets of one attempt at once: a page needs one, and one more for each time it starts again. */
const AT_ONCE = 8;

export interface Tickets {
  /** A ticket for one connection within 30 seconds: 128 random bits, base64url. The oldest of many is void. */
  issue(actor: CandidateActor): string;
  /** Whose ticket it is; null when it is unknown, used or expired. Using it up is part of asking. */
  redeem(ticket: unknown): CandidateActor | null;
  /** Voids the tickets of an attempt. */
  revoke(attempt: string): void;
}

/** Kept in memory under their hashes: what is in the map opens nothing, and a lookup tells nothing by its time. */
export function createTickets({ clock }: { clock: Clock }): Tickets {
  const live = new Map<string, { actor: CandidateActor; until: number }>();
  /** Hashes by attempt and age. */
  const ofAttempt = new Map<string, Set<string>>();

  function forget(hash: string): void {
    const attempt = live.get(hash)?.actor.attempt ?? '';
    live.delete(hash);
    const hashes = ofAttempt.get(attempt);
    hashes?.delete(hash);
    if (hashes?.size === 0) ofAttempt.delete(attempt);
  }

  /** Tickets lie in the order of their issue, so the expired ones are in front. */
  function dropExpired(): void {
    for (const [hash, { until }] of live) {
      if (until > clock.now()) return;
      forget(hash);
    }
  }

  function keep(hash: string, actor: CandidateActor): void {
    const hashes = ofAttempt.get(actor.attempt) ?? new Set();
    ofAttempt.set(actor.attempt, hashes.add(hash));
    live.set(hash, { actor, until: clock.now() + LIFETIME_MS });
    const [oldest] = hashes;
    if (hashes.size > AT_ONCE && oldest !== undefined) forget(oldest);
  }

  return {
    issue(actor) {
      dropExpired();
      const ticket = randomBytes(TICKET_BYTES).toString('base64url');
      keep(hashOf(ticket), actor);
      return ticket;
    },
    redeem(ticket) {
      if (typeof ticket !== 'string') return null;
      const hash = hashOf(ticket);
      const found = live.get(hash);
      forget(hash);
      return found && found.until > clock.now() ? found.actor : null;
    },
    revoke(attempt) {
      for (const hash of ofAttempt.get(attempt) ?? []) forget(hash);
    },
  };
}

function hashOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64url');
}
