/** An exact number, in lowest terms: `numerator` / `denominator`, the denominator above 0. */
export interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/**
 * numerator / denominator in lowest terms.
 * @throws RangeError when the denominator is 0
 */
export function fraction(numerator: bigint, denominator = 1n): Fraction {
  if (denominator === 0n) throw new RangeError('a fraction needs a denominator other than 0');
  const divisor = greatestCommonDivisor(numerator, denominator) * (denominator < 0n ? -1n : 1n);
  return { numerator: numerator / divisor, denominator: denominator / divisor };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

export function addFractions(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiplyFractions(a: Fraction, b: Fraction): Fraction {
  return fraction(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** The fraction, or the end of the range from 0 to 1 that it lies beyond. */
export function between0And1(value: Fraction): Fraction {
  if (value.numerator <= 0n) return fraction(0n);
  return value.numerator >= value.denominator ? fraction(1n) : value;
}

const FRACTION = /^([+-]?)([0-9]{1,12})(?:[.,]([0-9]{1,12}))?(%|\/([1-9][0-9]{0,11}))?$/;

/** Reads `1/3`, `-1/6`, `0,25`, `-0.5`, `50%` or `1`; null when it is none of them. */
export function parseFraction(text: string): Fraction | null {
  const match = FRACTION.exec(text.trim().replace('\u2212', '-'));
  if (!match) return null;
  const [, sign, whole = '', decimals = '', tail, divisor] = match;
  const numerator = BigInt(whole + decimals);
  const below = tail === '%' ? 100n : BigInt(divisor ?? 1);
  return fraction(sign === '-' ? -numerator : numerator, 10n ** BigInt(decimals.length) * below);
}

/** `1/3`, `-1/6`, `2`. */
export function fractionText({ numerator, denominator }: Fraction): string {
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}
