import { assertMark, type Hundredths } from '#bank/protocol';
import { fraction, type Fraction } from './fraction.ts';

/** What happens to a value between two steps; `halfUp` is the school rule: 0.05 up, 0.04 down. */
export const ROUNDING_MODES = ['halfUp', 'halfEven', 'down', 'up'] as const;
export type RoundingMode = (typeof ROUNDING_MODES)[number];

/** A rounding rule: to multiples of `step` hundredths. Step 1 leaves whole hundredths as they are. */
export interface Rounding {
  step: Hundredths;
  mode: RoundingMode;
}

function roundsUp(quotient: bigint, remainder: bigint, divisor: bigint, mode: RoundingMode): boolean {
  if (remainder === 0n || mode === 'down') return false;
  if (mode === 'up') return true;
  const twice = remainder * 2n;
  if (twice !== divisor) return twice > divisor;
  return mode === 'halfUp' || quotient % 2n === 1n;
}

/**
 * An exact number of hundredths, rounded by the rule: quotient and remainder of integers, no division of floats.
 * @throws RangeError when it is negative, the step is no whole number above 0, or the mark too large to be exact
 */
export function roundExact({ numerator, denominator }: Fraction, { step, mode }: Rounding): Hundredths {
  assertMark(step);
  if (step === 0 || numerator < 0n) throw new RangeError('a mark is at least 0 and its step above 0');
  const divisor = denominator * BigInt(step);
  const quotient = numerator / divisor;
  const up = roundsUp(quotient, numerator % divisor, divisor, mode);
  const mark = Number(quotient + (up ? 1n : 0n)) * step;
  assertMark(mark);
  return mark;
}

/**
 * The fraction `numerator / denominator` of hundredths, rounded by the rule.
 * @throws RangeError when a number is negative, not whole, or too large to be exact
 */
export function roundFraction(numerator: number, denominator: number, rounding: Rounding): Hundredths {
  assertMark(numerator);
  assertMark(denominator);
  return roundExact(fraction(BigInt(numerator), BigInt(denominator)), rounding);
}

/** A mark rounded by the rule. */
export function roundMark(mark: Hundredths, rounding: Rounding): Hundredths {
  return roundFraction(mark, 1, rounding);
}
