import { createHash } from 'node:crypto';
import {
  DomainError,
  type Actor,
  type DecideDevice,
  type DeviceAsked,
  type DeviceHint,
  type DeviceVerdict,
} from '#bank/protocol';
import { newId } from '#bank/vault';
import type { Audit } from '#server/audit';
import type { Seat } from '#server/exams';
import type { Clock } from '#server/http';
import type { Store } from '#server/storage';
import { newSecretToken, type NewSession, type Sessions } from './sessions.ts';
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

interface Kept extends DeviceRequest {
  /** Under which sign-ins of this seat are done one by one. */
  turn: string;
  verdict: DeviceVerdict | null;
  /** Of the device, once it is approved. */
  session: NewSession | null;
}

interface DeviceDeps {
  store: Store;
  audit: Audit;
  clock: Clock;
  sessions: Sessions;
  inTurn: InTurn;
  /** Told when the sessions of an attempt were ended, so that its open connections end too. */
  onRelease(attempt: string): void;
  /** Told when other devices of an exam wait than before. */
  onDevices(exam: string): void;
}

/**
 * Devices that want to take an attempt over from another, and wait for the proctor. They are kept in memory: after a
 * restart of the server a device asks anew.
 */
export function createDevices({ store, audit, clock, sessions, inTurn, onRelease, onDevices }: DeviceDeps) {
  /** By the hash of what the device alone knows. */
  const requests = new Map<string, Kept>();

  const isWaiting = ({ verdict, expiresAt }: Kept) => verdict === null && expiresAt > clock.now();

  function dropExpired(): void {
    for (const [hash, { expiresAt }] of requests) if (expiresAt <= clock.now()) requests.delete(hash);
  }

  async function approve(actor: Actor, kept: Kept, reason: DecideDevice['reason']): Promise<void> {
    const { candidate, exam, attempt } = kept;
    const live = await sessions.of(candidate);
    const session = sessions.create({ kind: 'candidate', candidate, exam, attempt });
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
      dropExpired();
      for (const [hash, kept] of requests) {
        if (kept.candidate === candidate && isWaiting(kept)) requests.delete(hash);
      }
      const secret = newSecretToken();
      const askedAt = clock.now();
      const expiresAt = askedAt + WAIT_MS;
      const seat = { exam, candidate, attempt };
      const request = { id: newId(), ...seat, askedAt, expiresAt, device };
      requests.set(hashOf(secret), { ...request, turn, verdict: null, session: null });
      onDevices(exam);
      return { request: secret, expiresAt };
    },

    /**
     * What has become of a request; the session of the device once it is approved, as often as it asks, because an
     * answer may get lost.
     *
     * @throws DomainError `device-request-over`, `device-refused`
     */
    claim(secret: string): { expiresAt: number; session: NewSession | null } {
      const kept = requests.get(hashOf(secret));
      if (!kept || kept.expiresAt <= clock.now()) throw over();
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
      const kept = [...requests.values()].find((one) => one.id === id);
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

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
