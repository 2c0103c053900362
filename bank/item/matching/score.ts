import { fraction, type Hundredths } from '#bank/marks';
import { pointsOfShare, type ScoredPart, type Scorer } from '../scoring/scorer.ts';
import type { MatchingContent, MatchingKey } from './schema.ts';

/**
 * The points of each prompt: max / prompts in whole hundredths, and one more for each of the first prompts in
 * canonical order until the remainder is used up, so that all prompts together are worth exactly `max`.
 */
export function splitPoints(max: Hundredths, prompts: number): Hundredths[] {
  const remainder = max % prompts;
  const share = (max - remainder) / prompts;
  return Array.from({ length: prompts }, (_, i) => (i < remainder ? share + 1 : share));
}

/**
 * Each prompt counts for itself: whole hundredths where the policy has an item stage, otherwise the exact share of
 * one prompt.
 */
export const scoreMatching: Scorer<MatchingContent, MatchingKey> = (content, key, response, max, policy) => {
  const matched = new Map(Object.entries(response && 'p' in response ? response.p : {}));
  const { length } = content.prompts;
  const outcomes = content.prompts.map(({ id }) => {
    const choice = matched.get(id);
    return {
      part: id,
      outcome: choice === undefined ? 'blank' : choice === key.pairs[id] ? 'right' : 'wrong',
    };
  }) satisfies ScoredPart[];
  if (!policy.rounding.item) {
    const right = outcomes.filter(({ outcome }) => outcome === 'right').length;
    const parts = outcomes.map((one) => ({ ...one, share: one.outcome === 'right' ? `1/${length}` : '0' }));
    return { ...pointsOfShare(max, fraction(BigInt(right), BigInt(length)), policy), parts };
  }
  const worth = splitPoints(max, length);
  const parts = outcomes.map((one, i) => ({ ...one, points: one.outcome === 'right' ? (worth[i] ?? 0) : 0 }));
  return { points: parts.reduce((sum, { points }) => sum + points, 0), parts };
};
