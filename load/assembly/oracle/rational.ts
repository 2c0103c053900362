/**
 * Exact arithmetic of the oracle: pairs of BigInt, never brought to lowest terms, compared by cross-multiplication.
 * It shares no code with the engine.
 */
export type Rational = readonly [numerator: bigint, denominator: bigint];

export const ZERO: Rational = [0n, 1n];
export const ONE: Rational = [1n, 1n];

export function ratio(numerator: number | bigint, denominator: number | bigint = 1): Rational {
  return [BigInt(numerator), BigInt(denominator)];
}

export function plus([a, b]: Rational, [c, d]: Rational): Rational {
  return [a * d + c * b, b * d];
}

export function times([a, b]: Rational, [c, d]: Rational): Rational {
  return [a * c, b * d];
}

export function minus(a: Rational, [c, d]: Rational): Rational {
  return plus(a, [-c, d]);
}

export function amount([a, b]: Rational): Rational {
  return [a < 0n ? -a : a, b];
}

export function atMost([a, b]: Rational, [c, d]: Rational): boolean {
  return a * d <= c * b;
}

export function equal([a, b]: Rational, [c, d]: Rational): boolean {
  return a * d === c * b;
}

/** The nearest multiple of `step` of a value of at least 0, found from the multiples below and above. */
export function nearest(value: Rational, step: bigint, mode: string): bigint {
  const [a, b] = value;
  const below = (a / (b * step)) * step;
  const toBelow = a - below * b;
  const toAbove = (below + step) * b - a;
  if (toBelow === 0n || mode === 'down') return below;
  if (mode === 'up') return below + step;
  if (toBelow !== toAbove) return toBelow < toAbove ? below : below + step;
  return mode === 'halfUp' || (below / step) % 2n !== 0n ? below + step : below;
}

/** To so many decimals, half away from zero. */
export function toDecimals(value: Rational, decimals: number): Rational {
  const scale = 10n ** BigInt(decimals);
  const [a, b] = amount(value);
  const units = nearest([a * scale, b], 1n, 'halfUp');
  return [value[0] < 0n ? -units : units, scale];
}

/** To so many significant digits, half away from zero. */
export function toDigits(value: Rational, digits: number): Rational {
  if (value[0] === 0n) return value;
  const least = 10n ** BigInt(digits - 1);
  let [a, b] = amount(value);
  let up = 1n;
  let down = 1n;
  while (a < least * b) [a, up] = [a * 10n, up * 10n];
  while (a >= least * 10n * b) [b, down] = [b * 10n, down * 10n];
  const units = nearest([a, b], 1n, 'halfUp') * down;
  return [value[0] < 0n ? -units : units, up];
}
