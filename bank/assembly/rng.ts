import seedrandom from 'seedrandom';

/** A stream of uniform 32-bit numbers, the only source of chance in a draw. */
export interface Rng {
  /** The next number, 0 to 2^32 − 1. */
  u32(): number;
}

const SEED = /^[0-9a-f]{64}$/;
const TWO_TO_32 = 0x1_0000_0000;

/**
 * The stream of a seed: ARC4 as `seedrandom` 3.0.5 makes it. Seeds are outputs of HMAC-SHA-256 and nothing else:
 * the generator reads only the low 8 bits of each character and repeats short strings, so that names and numbers
 * would collide.
 *
 * @throws TypeError for anything but 64 lower-case hexadecimal digits
 */
export function createRng(seed: string): Rng {
  if (typeof seed !== 'string' || !SEED.test(seed)) throw new TypeError('a seed is 64 lower-case hex digits');
  const generator = seedrandom(seed);
  return { u32: () => generator.int32() >>> 0 };
}

/**
 * A uniform integer from 0 to n − 1, for n from 1 to 2^32: numbers at or above the largest multiple of n are
 * thrown away, so that no remainder is likelier than another.
 */
export function below(rng: Rng, n: number): number {
  if (!Number.isInteger(n) || n < 1 || n > TWO_TO_32) throw new RangeError('n must be 1 to 2^32');
  const limit = TWO_TO_32 - (TWO_TO_32 % n);
  for (;;) {
    const value = rng.u32();
    if (value < limit) return value % n;
  }
}

/** A random sequence of `count` entries of the list, every one equally likely: partial Fisher–Yates. */
export function take<T>(rng: Rng, list: readonly T[], count: number): T[] {
  const rest = [...list];
  const taken: T[] = [];
  for (let i = 0; i < count; i++) {
    const j = i + below(rng, rest.length - i);
    const chosen = rest[j] as T;
    rest[j] = rest[i] as T;
    rest[i] = chosen;
    taken.push(chosen);
  }
  return taken;
}

/** The whole list in random order. */
export function shuffle<T>(rng: Rng, list: readonly T[]): T[] {
  return take(rng, list, list.length);
}
