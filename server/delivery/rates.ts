import { DomainError, type CandidateEvent } from '#bank/protocol';

interface Rate {
  perSecond: number;
  burst: number;
}

/** How often one attempt may send each event. A page sends far fewer; a program that sends more is slowed down. */
export type CandidateRates = Readonly<Record<CandidateEvent, Rate>>;

export const CANDIDATE_RATES: CandidateRates = {
  join: { perSecond: 1, burst: 10 },
  save: { perSecond: 10, burst: 50 },
  chunk: { perSecond: 10, burst: 100 },
  submit: { perSecond: 2, burst: 60 },
  next: { perSecond: 2, burst: 60 },
  play: { perSecond: 2, burst: 60 },
};

/** An event waits at most this long for its turn; one that would wait longer is refused. */
const LONGEST_WAIT_MS = 2000;

interface Bucket {
  tokens: number;
  at: number;
}

/** Token buckets of one attempt: above the rate events are delayed, so that acknowledgements come late but come. */
export class Rates {
  readonly #rates: CandidateRates;
  /** One for each event that came; most attempts never send the others. */
  readonly #buckets: Partial<Record<CandidateEvent, Bucket>> = {};

  constructor(rates: CandidateRates) {
    this.#rates = rates;
  }

  /**
   * Takes the turn of an event.
   *
   * @returns milliseconds to wait before it may be dealt with, 0 below the rate
   * @throws DomainError `too-many-requests` far above it
   */
  take(event: CandidateEvent): number {
    const { perSecond, burst } = this.#rates[event];
    const now = performance.now();
    const bucket = this.#bucket(event, burst, now);
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond) - 1;
    const wait = Math.max(0, (-tokens / perSecond) * 1000);
    if (wait > LONGEST_WAIT_MS)
      throw new DomainError('too-many-requests', 429, { seconds: Math.ceil(wait / 1000) });
    bucket.tokens = tokens;
    bucket.at = now;
    return wait;
  }

  #bucket(event: CandidateEvent, burst: number, now: number): Bucket {
    const known = this.#buckets[event];
    if (known) return known;
    const fresh = { tokens: burst, at: now };
    this.#buckets[event] = fresh;
    return fresh;
  }
}
