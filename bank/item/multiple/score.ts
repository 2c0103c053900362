import { roundFraction, type Hundredths, type MarkingPolicy } from '#bank/marks';
import type { Scorer } from '../scoring/scorer.ts';
import type { MultipleContent, MultipleKey } from './schema.ts';

/**
 * `allOrNothing`: all points for exactly the right options. `rightMinusWrong`: max × (right − wrong) / number of
 * right options, not below 0; the exact fraction is rounded to whole hundredths by the policy's item stage.
 */
function pointsOf(key: MultipleKey, chosen: Set<string>, max: Hundredths, policy: MarkingPolicy): Hundredths {
  const right = key.correct.filter((id) => chosen.has(id)).length;
  const wrong = chosen.size - right;
  if (key.scheme === 'allOrNothing') return right === key.correct.length && wrong === 0 ? max : 0;
  return roundFraction(max * Math.max(0, right - wrong), key.correct.length, policy.rounding.item);
}

/** An option's part is right when it was chosen exactly if it should have been. */
export const scoreMultiple: Scorer<MultipleContent, MultipleKey> = (content, key, response, max, policy) => {
  const chosen = new Set(response && 'm' in response ? response.m : []);
  const blank = chosen.size === 0;
  return {
    points: blank ? 0 : pointsOf(key, chosen, max, policy),
    parts: content.options.map(({ id }) => {
      const right = chosen.has(id) === key.correct.includes(id);
      return { part: id, outcome: blank ? 'blank' : right ? 'right' : 'wrong' };
    }),
  };
};
