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
import type { KnownDevices } from './known-devices.ts';
import type { NewSession, Sessions } from './sessions.ts';
import type { Throttle } from './throttle.ts';
import type { InTurn } from './turns.ts';

/**
 * Candidate numbers are known to everybody, so whoever types wrong codes at them must keep nobody out: failures count
 * for the seat at one device, or at one address where the device is not known, never for the seat, and no delay is longer
 * than a minute.
 *
 * Guessing stays hopeless without a lock, because an access code carries 40 random bits, 1.1 · 10¹² codes:
 * - a device that is known can try 20 codes and four more each minute (`guesses.ts`), whichever seats it tries them at, and
 *   keeps no other device from anything; one address, for all devices that are not known, 200 and one more each second;
 * - with new names for devices, or from any number of addresses, the hashing process is the limit: at 20 ms for each try on each of two cores 1,080,000
 *   tries in three hours, 1 in a million.
 */
const LONGEST_DELAY_MS = 60_000;

interface CandidatesDeps {
  store: Store;
  audit: Audit;
  hasher: Hasher;
  sessions: Sessions;
  throttle: Throttle;
  /** A device that is known counts for itself, all others of an address together. */
  guesses: { ofAddress: Guesses; ofDevice: Guesses };
  knownDevices: Pick<KnownDevices, 'read'>;
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
  /** What the device was named. */
  device: string | null;
}

/** Who tries codes. */
interface Guesser {
  who: string;
  guesses: Guesses;
}

/** Candidates sign in with exam code, candidate number and access code; one device at a time. */
export function createCandidates(deps: CandidatesDeps) {
  const { store, audit, hasher, sessions, throttle, devices, inTurn, blind } = deps;

  /** @throws DomainError `wrong-credentials`, or `too-many-requests` after many of them */
  async function prove(
    throttleKey: string,
    { exam, number, code }: CandidateSignIn,
    { who, guesses }: Guesser,
  ): Promise<Seat> {
    await throttle.check(throttleKey);
    guesses.take(who);
    const seat = await deps.findSeat(exam, number);
    const isRight = await hasher.verify(seat?.codeHash ?? null, readCode(code)).catch((error: unknown) => {
      guesses.giveBack(who);
      throw error;
    });
    if (!isRight || !seat) {
      await throttle.failed(throttleKey, LONGEST_DELAY_MS);
      throw new DomainError('wrong-credentials', 401);
    }
    guesses.giveBack(who);
    await throttle.succeeded(throttleKey);
    return seat;
  }

  function guesserOf({ ip, device }: CandidateSignIn): Guesser {
    const known = deps.knownDevices.read(device);
    return known === null
      ? { who: networkOf(ip), guesses: deps.guesses.ofAddress }
      : { who: known, guesses: deps.guesses.ofDevice };
  }

  /** The seat that the code is right for, and the key under which it is given to devices one by one. */
  async function proveInTurn(input: CandidateSignIn): Promise<{ seat: Seat; seatKey: string }> {
    const exam = readCode(input.exam);
    const number = input.number.normalize('NFC').trim().toUpperCase();
    const seatKey = `candidate\0${exam}\0${number}`;
    const guesser = guesserOf(input);
    const throttleKey = blind('throttle', `${seatKey}\0${guesser.who}`);
    const seat = await inTurn(throttleKey, () => prove(throttleKey, { ...input, exam, number }, guesser));
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
    async release(
      actor: Actor,
      candidate: string,
      reason: ReleaseReason | 'paper-replaced',
    ): Promise<number> {
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
