import { assertMark, type Hundredths } from '#bank/protocol';

/** What happens to a value between two steps; `halfUp` is the school rule: 0.05 up, 0.04 down. */
export const ROUNDING_MODES = ['halfUp', 'halfEven', 'down', 'up'] as const;
export type RoundingMode = (typeof ROUNDING_MODES)[number];

/** A rounding rule: to multiples of `step` hundredths. Step 1 leaves whole hundredths as they are. */
export interface Rounding {
  step: Hundredths;
  mode: RoundingMode;
}

function roundsUp(quotient: number, remainder: number, divisor: number, mode: RoundingMode): boolean {
  if (remainder === 0 || mode === 'down') return false;
  if (mode === 'up') return true;
  const twice = remainder * 2;
  if (twice !== divisor) return twice > divisor;
  return mode === 'halfUp' || quotient % 2 === 1;
}

/**
 * The exact fraction `numerator / denominator` of hundredths, rounded by the rule. Whole numbers only: quotient
 * and remainder, no division of floats.
 * @throws RangeError when a number is negative, not whole, or too large to be exact
 */
export function roundFraction(numerator: number, denominator: number, rounding: Rounding): Hundredths {
  const divisor = denominator * rounding.step;
  assertMark(numerator);
  assertMark(denominator);
  assertMark(divisor * 2);
  if (divisor === 0) throw new RangeError('a fraction of hundredths needs a denominator and a step above 0');
  const remainder = numerator % divisor;
  const quotient = (numerator - remainder) / divisor;
  return (quotient + (roundsUp(quotient, remainder, divisor, rounding.mode) ? 1 : 0)) * rounding.step;
}

/** A mark rounded by the rule. */
export function roundMark(mark: Hundredths, rounding: Rounding): Hundredths {
  return roundFraction(mark, 1, rounding);
}
