import type { Hundredths, MarkingPolicy } from '#bank/marks';
import type { Response } from '#bank/protocol';

/** A response whose parts are named by canonical part ids instead of the sitting's tokens. */
export type CanonicalResponse = Response;

/** The one part of kinds that are answered as a whole. */
const WHOLE = 'answer';

/** `needsPerson`: no program can say; `marked`: a person has, by the rubric. */
type Outcome = 'right' | 'wrong' | 'blank' | 'needsPerson' | 'marked';

/** One answered part; `points` where parts have points of their own. */
export interface ScoredPart {
  part: string;
  outcome: Outcome;
  points?: Hundredths;
}

export interface Score {
  /** 0 ≤ points ≤ the item's points. */
  points: Hundredths;
  /** In canonical order. */
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
