import type { Hundredths } from '#bank/protocol';
import { addFractions, fraction, fractionText, multiplyFractions, type Fraction } from './fraction.ts';
import type { MarkingPolicy } from './policy.ts';
import { roundExact } from './rounding.ts';

/** Points of an item: whole hundredths, and the exact number of hundredths (`100/3`) where they are not whole. */
export interface MarkedPoints {
  points: Hundredths;
  exact?: string;
}

/** What a paper came to. */
export interface PaperMark {
  /** The sum of all points in hundredths; `exactTotal` (`2000/3`) where it is not whole. */
  total: Hundredths;
  exactTotal?: string;
  /** The mark. */
  rounded: Hundredths;
}

/**
 * The mark of a paper worth `max`: the exact sum of its items, on the policy's scale, rounded once. A paper worth
 * nothing has a mark of 0.
 */
export function markOf(items: readonly MarkedPoints[], max: Hundredths, policy: MarkingPolicy): PaperMark {
  const sum = exactSum(items);
  const { scale, rounding } = policy;
  const mark =
    scale === null || max === 0 ? sum : multiplyFractions(sum, fraction(BigInt(scale), BigInt(max)));
  return { ...toPoints(sum, policy), rounded: roundExact(mark, rounding.total) };
}

/** The sum is taken in whole numbers as long as it can be, which is nearly always. */
function exactSum(items: readonly MarkedPoints[]): Fraction {
  let whole = 0;
  let rest = fraction(0n);
  for (const { points, exact } of items) {
    if (exact === undefined) whole += points;
    else rest = addFractions(rest, readExact(exact));
  }
  return addFractions(rest, fraction(BigInt(whole)));
}

function readExact(text: string): Fraction {
  const [numerator = '0', denominator = '1'] = text.split('/');
  return fraction(BigInt(numerator), BigInt(denominator));
}

function toPoints(sum: Fraction, policy: MarkingPolicy): Pick<PaperMark, 'total' | 'exactTotal'> {
  const total = roundExact(sum, { step: 1, mode: policy.rounding.total.mode });
  return sum.denominator === 1n ? { total } : { total, exactTotal: fractionText(sum) };
}
