/** Numbers by chance that come again in every run (xorshift32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed || 1;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) % limit;
  }

  pick<T>(from: readonly T[]): T {
    const one = from[this.below(from.length)];
    if (one === undefined) throw new RangeError('there is nothing to pick from');
    return one;
  }

  /** Each of them with a chance of one in two. */
  some<T>(from: readonly T[]): T[] {
    return from.filter(() => this.below(2) === 1);
  }
}
