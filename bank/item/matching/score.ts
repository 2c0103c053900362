import type { Hundredths } from '#bank/marks';
import type { ScoredPart, Scorer } from '../scoring/scorer.ts';
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

/** Each prompt counts for itself. */
export const scoreMatching: Scorer<MatchingContent, MatchingKey> = (content, key, response, max) => {
  const matched = new Map(Object.entries(response && 'p' in response ? response.p : {}));
  const worth = splitPoints(max, content.prompts.length);
  const parts: ScoredPart[] = content.prompts.map(({ id }, i) => {
    const choice = matched.get(id);
    const outcome = choice === undefined ? 'blank' : choice === key.pairs[id] ? 'right' : 'wrong';
    return { part: id, outcome, points: outcome === 'right' ? (worth[i] ?? 0) : 0 };
  });
  return { points: parts.reduce((sum, part) => sum + (part.points ?? 0), 0), parts };
};
