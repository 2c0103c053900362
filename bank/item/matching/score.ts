import { scoreEach } from '../scoring/each.ts';
import type { ScoredPart, Scorer } from '../scoring/scorer.ts';
import type { MatchingContent, MatchingKey } from './schema.ts';

/** Each prompt counts for itself (`scoreEach`). */
export const scoreMatching: Scorer<MatchingContent, MatchingKey> = (content, key, response, max, policy) => {
  const matched = new Map(Object.entries(response && 'p' in response ? response.p : {}));
  const outcomes = content.prompts.map(({ id }): ScoredPart => {
    const choice = matched.get(id);
    return {
      part: id,
      outcome: choice === undefined ? 'blank' : choice === key.pairs[id] ? 'right' : 'wrong',
    };
  });
  return scoreEach(outcomes, max, policy);
};
