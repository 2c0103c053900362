import { timingSafeEqual } from 'node:crypto';
import {
  DomainError,
  type Actor,
  type DecideDevice,
  type DeviceAsked,
  type DeviceHint,
  type DeviceVerdict,
} from '#bank/protocol';
import { hmac, newId } from '#bank/vault';
import type { Audit } from '#server/audit';
import type { Seat } from '#server/exams';
import type { Clock } from '#server/http';
import type { Store } from '#server/storage';
import { hashToken, type NewSession, type Sessions } from './sessions.ts';
import type { InTurn } from './turns.ts';

/** For so long a device waits for the proctor. */
const WAIT_MS = 5 * 60_000;
/** At least for so long a device can fetch what was decided. */
const FETCH_MS = 60_000;

type WaitingSeat = Pick<Seat, 'exam' | 'candidate' | 'attempt'>;

/** A device that waits for the proctor. */
export interface DeviceRequest extends WaitingSeat {
  id: string;
  askedAt: number;
  expiresAt: number;
  device: DeviceHint;
}

interface Asked extends DeviceRequest {
  /** Under which sign-ins of this seat are done one by one. */
  turn: string;
}

type ApprovedSession = Pick<NewSession, 'token' | 'maxAgeSeconds'>;

interface Kept extends Asked {
  /** `stepped-back`: for a device of the same seat that asked later. */
  verdict: DeviceVerdict | 'stepped-back' | null;
  /** Of the device, once it is approved. */
  session: ApprovedSession | null;
}

interface DeviceDeps {
  store: Store;
  audit: Audit;
  clock: Clock;
  sessions: Sessions;
  inTurn: InTurn;
  /** Authenticates what a device is given, and gives an approved one its session. */
  requestKey: Uint8Array;
  /** Told when the sessions of an attempt were ended, so that its open connections end too. */
  onRelease(attempt: string): void;
  /** Told when other devices of an exam wait than before. */
  onDevices(exam: string): void;
}

/**
 * Devices that want to take an attempt over from another, and wait for the proctor. They are kept in memory, and each
 * holds its own request, authenticated: after a restart of the server the first question of the device puts it on the
 * list again, as it was. The session of an approved device follows from its request, so that it is found in the Store.
 * Only a refusal that the device has not fetched before a restart is forgotten: the proctor is asked again.
 */
export function createDevices(deps: DeviceDeps) {
  const { store, audit, clock, sessions, inTurn, requestKey, onRelease, onDevices } = deps;
  const requests = new Map<string, Kept>();

  const isWaiting = ({ verdict, expiresAt }: Kept) => verdict === null && expiresAt > clock.now();
  const mac = (purpose: string, value: string) =>
    Buffer.from(hmac(requestKey, Buffer.from(`${purpose}\0${value}`)));
  const sessionTokenOf = (id: string) => mac('session', id).toString('base64url');

  function dropExpired(): void {
    for (const [id, { expiresAt }] of requests) if (expiresAt <= clock.now()) requests.delete(id);
  }

  function secretOf(asked: Asked): string {
    const told = Buffer.from(JSON.stringify(asked)).toString('base64url');
    return `${told}.${mac('request', told).toString('base64url')}`;
  }

  /** @throws DomainError `device-request-over` for what this server has not given out */
  function readSecret(secret: string): Asked {
    const [told = '', proof = ''] = secret.split('.');
    const given = Buffer.from(proof, 'base64url');
    const right = mac('request', told);
    if (given.length !== right.length || !timingSafeEqual(given, right)) throw over();
    return JSON.parse(Buffer.from(told, 'base64url').toString()) as Asked;
  }

  /** Puts a device on the list; an earlier one of the same seat that still waits steps back. */
  function list(asked: Asked): Kept {
    dropExpired();
    const kept: Kept = { ...asked, verdict: null, session: null };
    for (const other of requests.values()) {
      if (other.candidate !== asked.candidate || !isWaiting(other)) continue;
      (other.askedAt > asked.askedAt ? kept : other).verdict = 'stepped-back';
    }
    requests.set(kept.id, kept);
    onDevices(kept.exam);
    return kept;
  }

  /** The request of a device that a server before this one has heard. */
  async function takeUp(asked: Asked): Promise<Kept> {
    const known = requests.get(asked.id) ?? (await approvedBefore(asked));
    if (!known && asked.expiresAt <= clock.now()) throw over();
    return known ?? list(asked);
  }

  async function approvedBefore(asked: Asked): Promise<Kept | null> {
    const token = sessionTokenOf(asked.id);
    const session = await store.get('sessions', hashToken(token));
    if (!session) return null;
    const expiresAt = Math.max(asked.expiresAt, session.createdAt.getTime() + FETCH_MS);
    const maxAgeSeconds = Math.floor((session.expiresAt.getTime() - clock.now()) / 1000);
    return { ...asked, expiresAt, verdict: 'approve', session: { token, maxAgeSeconds } };
  }

  async function approve(actor: Actor, kept: Kept, reason: DecideDevice['reason']): Promise<void> {
    const { candidate, exam, attempt } = kept;
    const live = await sessions.of(candidate);
    const subject = { kind: 'candidate', candidate, exam, attempt } as const;
    const session = sessions.create(subject, sessionTokenOf(kept.id));
    await store.commit([
      ...sessions.ends(live),
      session.write,
      audit.entry(actor, 'device.approve', `candidate:${candidate}`, { reason }),
      audit.entry({ kind: 'candidate', candidate, exam, attempt }, 'session.open', `attempt:${attempt}`),
    ]);
    kept.session = session;
    onRelease(attempt);
  }

  async function refuse(actor: Actor, { candidate }: Kept, reason: DecideDevice['reason']): Promise<void> {
    await store.commit([audit.entry(actor, 'device.refuse', `candidate:${candidate}`, { reason })]);
  }

  return {
    /** Puts a device on the list of the proctor; an earlier one of the same seat that still waits steps back. */
    ask({ exam, candidate, attempt }: WaitingSeat, device: DeviceHint, turn: string): DeviceAsked {
      const askedAt = clock.now();
      const expiresAt = askedAt + WAIT_MS;
      const asked = { id: newId(), exam, candidate, attempt, askedAt, expiresAt, device, turn };
      list(asked);
      return { request: secretOf(asked), expiresAt };
    },

    /**
     * What has become of a request; the session of the device once it is approved, as often as it asks, because an
     * answer may get lost.
     *
     * @throws DomainError `device-request-over`, `device-refused`
     */
    async claim(secret: string): Promise<{ expiresAt: number; session: ApprovedSession | null }> {
      const asked = readSecret(secret);
      const kept = requests.get(asked.id) ?? (await inTurn(asked.turn, () => takeUp(asked)));
      if (kept.verdict === 'stepped-back' || kept.expiresAt <= clock.now()) throw over();
      if (kept.verdict === 'refuse') throw new DomainError('device-refused', 403);
      const { expiresAt, session } = kept;
      return { expiresAt, session };
    },

    /** Devices of an exam that wait, the longest first. */
    waiting(exam: string): DeviceRequest[] {
      return [...requests.values()].filter((kept) => kept.exam === exam && isWaiting(kept));
    },

    /**
     * Lets a device go on in place of the one that has the attempt, whose sessions end; or refuses it. Always with a
     * reason, on the record.
     *
     * @throws DomainError `device-request-over` also when somebody else was quicker
     */
    async decide(actor: Actor, id: string, { verdict, reason }: DecideDevice): Promise<void> {
      const kept = requests.get(id);
      if (!kept) throw over();
      await inTurn(kept.turn, async () => {
        if (!isWaiting(kept)) throw over();
        await (verdict === 'approve' ? approve : refuse)(actor, kept, reason);
        kept.verdict = verdict;
        kept.expiresAt = Math.max(kept.expiresAt, clock.now() + FETCH_MS);
      });
      audit.poke();
      onDevices(kept.exam);
    },

    sweep: dropExpired,
  };
}

export type Devices = ReturnType<typeof createDevices>;

function over(): DomainError {
  return new DomainError('device-request-over', 410);
}
