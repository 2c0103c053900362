import { DomainError, ELSEWHERE, type Actor, type DeviceAsked, type ReleaseReason } from '#bank/protocol';
import { readCode } from '#bank/vault';
import type { Audit } from '#server/audit';
import type { Seat } from '#server/exams';
import { networkOf } from '#server/http';
import type { Store, Stored } from '#server/storage';
import { deviceHint } from './device-hint.ts';
import type { Devices } from './devices.ts';
import type { Guesses } from './guesses.ts';
import type { Hasher } from './hasher.ts';
import type { NewSession, Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';
import type { InTurn } from './turns.ts';

/**
 * Candidate numbers are known to everybody, so whoever types wrong codes at them must keep nobody out: failures count
 * for the seat at one address, never for the seat, and no delay is longer than a minute.
 *
 * Guessing stays hopeless without a lock, because an access code carries 40 random bits, 1.1 · 10¹² codes:
 * - one address can try 200 codes and one more each second (`guesses.ts`), whichever seats it tries them at: 11,000 in
 *   three hours, which finds any code at all with a chance of 1 in 100 million;
 * - from any number of addresses the hashing process is the limit: at 20 ms for each try on each of two cores 1,080,000
 *   tries in three hours, 1 in a million.
 */
const LONGEST_DELAY_MS = 60_000;

interface CandidatesDeps {
  store: Store;
  audit: Audit;
  hasher: Hasher;
  sessions: Sessions;
  throttle: Throttle;
  guesses: Guesses;
  devices: Pick<Devices, 'ask'>;
  inTurn: InTurn;
  findSeat(examCode: string, number: string): Promise<Seat | null>;
  /** Told when the sessions of an attempt were ended, so that its open connections end too. */
  onRelease(attempt: string): void;
  blind(purpose: string, value: string): string;
}

interface CandidateSignIn {
  exam: string;
  number: string;
  code: string;
  /** Address that the request comes from. */
  ip: string;
}

/** Candidates sign in with exam code, candidate number and access code; one device at a time. */
export function createCandidates(deps: CandidatesDeps) {
  const { store, audit, hasher, sessions, throttle, devices, inTurn, blind } = deps;

  /** @throws DomainError `wrong-credentials`, or `too-many-requests` after many of them */
  async function prove(throttleKey: string, { exam, number, code, ip }: CandidateSignIn): Promise<Seat> {
    await throttle.check(throttleKey);
    deps.guesses.take(ip);
    const seat = await deps.findSeat(exam, number);
    const isRight = await hasher.verify(seat?.codeHash ?? null, readCode(code)).catch((error: unknown) => {
      deps.guesses.giveBack(ip);
      throw error;
    });
    if (!isRight || !seat) {
      await throttle.failed(throttleKey, LONGEST_DELAY_MS);
      throw new DomainError('wrong-credentials', 401);
    }
    deps.guesses.giveBack(ip);
    await throttle.succeeded(throttleKey);
    return seat;
  }

  /** The seat that the code is right for, and the key under which it is given to devices one by one. */
  async function proveInTurn(input: CandidateSignIn): Promise<{ seat: Seat; seatKey: string }> {
    const exam = readCode(input.exam);
    const number = input.number.normalize('NFC').trim().toUpperCase();
    const seatKey = `candidate\0${exam}\0${number}`;
    const ip = networkOf(input.ip);
    const throttleKey = blind('throttle', `${seatKey}\0${ip}`);
    const seat = await inTurn(throttleKey, () => prove(throttleKey, { ...input, exam, number, ip }));
    return { seat, seatKey };
  }

  async function open(seat: Seat): Promise<NewSession> {
    requireJoinable(seat);
    if (seat.oneDevice) refuseSecond(await sessions.of(seat.candidate));
    const { candidate, attempt } = seat;
    const session = sessions.create({ kind: 'candidate', candidate, exam: seat.exam, attempt });
    const actor: Actor = { kind: 'candidate', candidate, exam: seat.exam, attempt };
    await store.commit([session.write, audit.entry(actor, 'session.open', `attempt:${attempt}`)]);
    audit.poke();
    return session;
  }

  return {
    /**
     * Codes are looked at one by one for each seat at one address, so that each guess is counted and nobody waits behind
     * the guesses of strangers; and of two right codes at once one is the second.
     */
    async signIn(input: CandidateSignIn): Promise<NewSession> {
      const { seat, seatKey } = await proveInTurn(input);
      return inTurn(seatKey, () => open(seat));
    },

    /**
     * A device with the right code asks the proctor to let it go on in place of another.
     *
     * @throws DomainError `device-free` when no other has the attempt, and as `signIn`
     */
    async askForDevice(input: CandidateSignIn, userAgent: string): Promise<DeviceAsked> {
      const { seat, seatKey } = await proveInTurn(input);
      return inTurn(seatKey, async () => {
        requireJoinable(seat);
        const isTaken = seat.oneDevice && (await sessions.of(seat.candidate)).length > 0;
        if (!isTaken) throw new DomainError('device-free', 409);
        return devices.ask(seat, deviceHint(userAgent, input.ip), seatKey);
      });
    },

    /**
     * Ends the sessions of a candidate whose device is lost, so that another can sign in; always with a reason.
     *
     * @throws DomainError `not-found`
     */
    async release(actor: Actor, candidate: string, reason: ReleaseReason): Promise<number> {
      const seat = await store.get('candidates', candidate);
      if (!seat) throw new DomainError('not-found', 404);
      const live = await sessions.of(candidate);
      await store.commit([
        ...sessions.ends(live),
        audit.entry(actor, 'session.release', `candidate:${candidate}`, { reason }),
      ]);
      audit.poke();
      deps.onRelease(seat.attempt);
      return live.length;
    },
  };
}

function requireJoinable({ joinable, cancelled }: Seat): void {
  if (cancelled) throw new DomainError('exam-cancelled', 410);
  if (!joinable) throw new DomainError('exam-not-joinable', 409);
}

function refuseSecond(live: Stored<'sessions'>[]): void {
  const first = live[0];
  if (first) throw new DomainError(ELSEWHERE, 409, { time: first.createdAt.toISOString() });
}
