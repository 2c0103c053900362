import { DomainError, type Actor, type ReleaseReason } from '#bank/protocol';
import { readCode } from '#bank/vault';
import type { Audit } from '#server/audit';
import type { Seat } from '#server/exams';
import { networkOf } from '#server/http';
import type { Store, Stored } from '#server/storage';
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
  const { store, audit, hasher, sessions, throttle, inTurn, blind } = deps;

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

  async function open(seat: Seat): Promise<NewSession> {
    if (!seat.joinable) throw new DomainError('exam-not-joinable', 409);
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
      const exam = readCode(input.exam);
      const number = input.number.normalize('NFC').trim().toUpperCase();
      const seatKey = `candidate\0${exam}\0${number}`;
      const ip = networkOf(input.ip);
      const throttleKey = blind('throttle', `${seatKey}\0${ip}`);
      const seat = await inTurn(throttleKey, () => prove(throttleKey, { ...input, exam, number, ip }));
      return inTurn(seatKey, () => open(seat));
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
      const ends = live.map((session) => ({
        op: 'delete' as const,
        in: 'sessions' as const,
        id: session._id,
        ifVersion: session.v,
      }));
      await store.commit([
        ...ends,
        audit.entry(actor, 'session.release', `candidate:${candidate}`, { reason }),
      ]);
      audit.poke();
      deps.onRelease(seat.attempt);
      return live.length;
    },
  };
}

function refuseSecond(live: Stored<'sessions'>[]): void {
  const first = live[0];
  if (first) throw new DomainError('second-sign-in', 409, { time: first.createdAt.toISOString() });
}
