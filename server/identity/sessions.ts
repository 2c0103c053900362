import { createHash, randomBytes } from 'node:crypto';
import type { Store, Stored, Write } from '#server/storage';
import type { Role } from '#bank/protocol';
import type { Clock, SessionInfo } from '#server/http';

const STAFF_HOURS = 12;
const CANDIDATE_HOURS = 12;
const SWEEP_BATCH = 200;

export interface NewSession {
  token: string;
  maxAgeSeconds: number;
  write: Write;
}

type SessionSubject =
  | { kind: 'staff'; user: string; epoch: number }
  | { kind: 'candidate'; candidate: string; exam: string; attempt: string };

/** Opaque sessions: 256 random bits in the cookie, their hash in the Store, looked up on every call. */
export interface Sessions {
  /** `token` is for a session that is found again by what somebody holds already. */
  create(subject: SessionSubject, token?: string): NewSession;
  find(token: string): Promise<SessionInfo | null>;
  isLive(id: string): Promise<boolean>;
  remove(id: string): Promise<void>;
  /** Live sessions of a user or candidate, oldest first. */
  of(subject: string): Promise<Stored<'sessions'>[]>;
  /** What ends these sessions, in a commit. */
  ends(sessions: readonly Stored<'sessions'>[]): Write[];
  sweep(): Promise<void>;
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function newSecretToken(): string {
  return randomBytes(32).toString('base64url');
}

export function createSessions({ store, clock }: { store: Store; clock: Clock }): Sessions {
  function create(subject: SessionSubject, token = newSecretToken()): NewSession {
    const hours = subject.kind === 'staff' ? STAFF_HOURS : CANDIDATE_HOURS;
    const now = clock.now();
    const doc = {
      _id: hashToken(token),
      kind: subject.kind,
      subject: subject.kind === 'staff' ? subject.user : subject.candidate,
      createdAt: new Date(now),
      expiresAt: new Date(now + hours * 3_600_000),
      ...(subject.kind === 'candidate'
        ? { exam: subject.exam, attempt: subject.attempt }
        : { epoch: subject.epoch }),
    };
    return { token, maxAgeSeconds: hours * 3600, write: { op: 'insert', in: 'sessions', doc } };
  }

  async function find(token: string): Promise<SessionInfo | null> {
    const session = await store.get('sessions', hashToken(token));
    if (!session || session.expiresAt.getTime() <= clock.now()) return null;
    const expiresAt = session.expiresAt.getTime();
    if (session.kind === 'candidate') {
      const { subject, exam, attempt } = session;
      if (exam === undefined || attempt === undefined) return null;
      return { id: session._id, actor: { kind: 'candidate', candidate: subject, exam, attempt }, expiresAt };
    }
    const user = await store.get('users', session.subject);
    if (!user || user.status !== 'active' || (user.epoch ?? 0) !== (session.epoch ?? 0)) return null;
    return {
      id: session._id,
      actor: { kind: 'staff', user: user._id, roles: user.roles as Role[] },
      expiresAt,
    };
  }

  async function isLive(id: string): Promise<boolean> {
    const session = await store.get('sessions', id);
    return session !== null && session.expiresAt.getTime() > clock.now();
  }

  async function remove(id: string): Promise<void> {
    const session = await store.get('sessions', id);
    if (session) await store.commit([{ op: 'delete', in: 'sessions', id, ifVersion: session.v }]);
  }

  async function of(subject: string): Promise<Stored<'sessions'>[]> {
    const page = await store.range('sessions', { index: 'by_subject', equals: [subject], limit: 100 });
    return page.docs.filter((session) => session.expiresAt.getTime() > clock.now());
  }

  function ends(live: readonly Stored<'sessions'>[]): Write[] {
    return live.map(({ _id, v }) => ({ op: 'delete', in: 'sessions', id: _id, ifVersion: v }));
  }

  async function sweep(): Promise<void> {
    const query = { index: 'by_expiry', lt: new Date(clock.now()), limit: SWEEP_BATCH } as const;
    for (;;) {
      const { docs } = await store.range('sessions', query);
      if (docs.length === 0) return;
      await store.commit(ends(docs));
    }
  }

  return { create, find, isLive, remove, of, ends, sweep };
}
