import type { Fraction } from '#bank/marks';

/** Whole percent, for the sentence only. */
export function percentOf({ numerator, denominator }: Fraction): number {
  return Number((numerator * 100n + denominator / 2n) / denominator);
}
