import { gapIds } from '../bracketed.ts';
import { scoreEach } from '../scoring/each.ts';
import type { ScoredPart, Scorer } from '../scoring/scorer.ts';
import type { GapMatchContent, GapMatchKey } from './schema.ts';

/**
 * Each gap counts for itself (`scoreEach`), in the order of the text. A choice that may be used once is right once: put
 * into a second gap it is wrong there.
 */
export const scoreGapMatch: Scorer<GapMatchContent, GapMatchKey> = (content, key, response, max, policy) => {
  const filled = new Map(Object.entries(response && 'p' in response ? response.p : {}));
  const counted = new Set<string>();
  const outcomes = gapIds(content.stem).map((part): ScoredPart => {
    const choice = filled.get(part);
    if (choice === undefined) return { part, outcome: 'blank' };
    const isRight = (key.fills[part] ?? []).includes(choice) && (content.reuse || !counted.has(choice));
    if (isRight) counted.add(choice);
    return { part, outcome: isRight ? 'right' : 'wrong' };
  });
  return scoreEach(outcomes, max, policy, key);
};
