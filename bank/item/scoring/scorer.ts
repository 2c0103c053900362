import { fraction, fractionText, multiplyFractions, roundExact } from '#bank/marks';
import type { Fraction, Hundredths, MarkedPoints, MarkingPolicy } from '#bank/marks';
import type { Response } from '#bank/protocol';

/** A response whose parts are named by canonical part ids instead of the sitting's tokens. */
export type CanonicalResponse = Response;

/** The one part of kinds that are answered as a whole. */
const WHOLE = 'answer';

/** `needsPerson`: no program can say; `marked`: a person has, by the rubric. */
type Outcome = 'right' | 'wrong' | 'blank' | 'needsPerson' | 'marked';

/**
 * One answered part. `points` where parts have whole hundredths of their own; `share` is the exact part of the item's
 * points that it brought or cost (`1/3`, `-1/6`), before the item's sum is kept between 0 and all.
 */
export interface ScoredPart {
  part: string;
  outcome: Outcome;
  points?: Hundredths;
  share?: string;
}

/** 0 ≤ points ≤ the item's points; parts in canonical order. */
export interface Score extends MarkedPoints {
  parts: ScoredPart[];
}

/**
 * Scores one response; pure and total: every response that its schema allows has a score, a blank one 0 and no
 * penalty, one of another kind's shape counts as blank. `max` is what the item is worth.
 */
export type Scorer<Content, Key> = (
  content: Content,
  key: Key,
  response: CanonicalResponse,
  max: Hundredths,
  policy: MarkingPolicy,
) => Score;

/** The score of an item that is right or not. */
export function scoreWhole(outcome: Outcome, max: Hundredths): Score {
  return { points: outcome === 'right' ? max : 0, parts: [{ part: WHOLE, outcome }] };
}

/**
 * That share (0 to 1) of an item's points: rounded by the policy's item stage, or exact where it has none; `points`
 * is then what is shown.
 */
export function pointsOfShare(max: Hundredths, share: Fraction, { rounding }: MarkingPolicy): MarkedPoints {
  const exact = multiplyFractions(fraction(BigInt(max)), share);
  if (rounding.item) return { points: roundExact(exact, rounding.item) };
  const points = roundExact(exact, { step: 1, mode: rounding.total.mode });
  return exact.denominator === 1n ? { points } : { points, exact: fractionText(exact) };
}
