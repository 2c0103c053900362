import { fractionText, type Hundredths, type MarkingPolicy } from '#bank/marks';
import {
  pointsOfShare,
  type CanonicalResponse,
  type Score,
  type ScoredPart,
  type Scorer,
} from '../scoring/scorer.ts';
import type { MultipleContent, MultipleKey } from './schema.ts';
import { sharesOf, sumOfShares } from './shares.ts';

/** Scores a multiple response (`scoreChosen`). */
export const scoreMultiple: Scorer<MultipleContent, MultipleKey> = (content, key, response, max, policy) =>
  scoreChosen(
    content.options.map(({ id }) => id),
    key,
    response,
    max,
    policy,
  );

/**
 * `allOrNothing`: all points for exactly the right options. The other schemes add up what each chosen option brings
 * (`sharesOf`), not below 0 and not above all. An option's part is right when it was chosen exactly if it should
 * have been.
 */
export function scoreChosen(
  options: readonly string[],
  key: MultipleKey,
  response: CanonicalResponse,
  max: Hundredths,
  policy: MarkingPolicy,
): Score {
  const chosen = new Set(response && 'm' in response ? response.m : []);
  if (chosen.size === 0) return { points: 0, parts: options.map((part) => ({ part, outcome: 'blank' })) };
  const shares = sharesOf(key, options, chosen);
  const parts = options.map((part): ScoredPart => {
    const outcome = chosen.has(part) === key.correct.includes(part) ? 'right' : 'wrong';
    const share = shares.get(part);
    return share === undefined || key.scheme === 'allOrNothing'
      ? { part, outcome }
      : { part, outcome, share: fractionText(share) };
  });
  return { ...pointsOfShare(max, sumOfShares(key, chosen, shares), policy), parts };
}
