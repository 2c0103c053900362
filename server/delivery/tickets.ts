import { createHash, randomBytes } from 'node:crypto';
import { DomainError, STALE_TICKET, type Actor } from '#bank/protocol';
import type { Clock } from '#server/http';

export type CandidateActor = Extract<Actor, { kind: 'candidate' }>;

const LIFETIME_MS = 30_000;
const TICKET_BYTES = 16;
/** Tickets of one attempt at once: a page needs one, and one more for each time it starts again. */
const AT_ONCE = 8;

/** The page that a ticket is for: nobody else can use it, from nowhere else. */
export interface TicketBearer {
  actor: CandidateActor;
  /** Id of the session that the page has. */
  session: string;
  /** Where the page comes from, such as `https://thi.school.example`. */
  origin: string;
}

interface TicketDeps {
  clock: Clock;
  isSessionLive(id: string): Promise<boolean>;
  /** The epoch of an attempt now. */
  epochOf(attempt: string): Promise<number>;
}

export interface Tickets {
  /** A ticket for one connection within 30 seconds: 128 random bits, base64url. The oldest of many is void. */
  issue(bearer: TicketBearer): Promise<string>;
  /**
   * Whose ticket it is. Using it up is part of asking.
   *
   * @throws DomainError `ticket-invalid` when it is unknown, used or expired, of a session that has ended or for a page
   *   from elsewhere; `ticket-superseded` when another device has taken the attempt since
   */
  redeem(ticket: unknown, origin: string | undefined): Promise<CandidateActor>;
}

interface Live extends TicketBearer {
  epoch: number;
  until: number;
}

/** Kept in memory under their hashes: what is in the map opens nothing, and a lookup tells nothing by its time. */
export function createTickets({ clock, isSessionLive, epochOf }: TicketDeps): Tickets {
  const live = new Map<string, Live>();
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

  function keep(hash: string, ticket: Live): void {
    const { attempt } = ticket.actor;
    const hashes = ofAttempt.get(attempt) ?? new Set();
    ofAttempt.set(attempt, hashes.add(hash));
    live.set(hash, ticket);
    const [oldest] = hashes;
    if (hashes.size > AT_ONCE && oldest !== undefined) forget(oldest);
  }

  return {
    async issue(bearer) {
      const epoch = await epochOf(bearer.actor.attempt);
      dropExpired();
      const ticket = randomBytes(TICKET_BYTES).toString('base64url');
      keep(hashOf(ticket), { ...bearer, epoch, until: clock.now() + LIFETIME_MS });
      return ticket;
    },
    async redeem(ticket, origin) {
      const hash = hashOf(String(ticket));
      const found = live.get(hash);
      forget(hash);
      if (!found || found.until <= clock.now() || found.origin !== origin) throw invalid();
      if (!(await isSessionLive(found.session))) throw invalid();
      const { actor, epoch } = found;
      if (epoch !== (await epochOf(actor.attempt))) throw new DomainError(STALE_TICKET, 401);
      return actor;
    },
  };
}

function invalid(): DomainError {
  return new DomainError('ticket-invalid', 401);
}

function hashOf(ticket: string): string {
  return createHash('sha256').update(ticket).digest('base64url');
}
