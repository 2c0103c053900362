import { scoreEach } from '../scoring/each.ts';
import type { ScoredPart, Scorer } from '../scoring/scorer.ts';
import { foldAnswer, normaliseAnswer } from '../short-text/normalise.ts';
import type { ClozeContent, ClozeKey } from './schema.ts';

/**
 * Each gap counts for itself (`scoreEach`). Where answers are to be distinct, one that another gap before it has already
 * been right with is wrong: gaps that may be filled in any order do not pay twice for the same.
 */
export const scoreCloze: Scorer<ClozeContent, ClozeKey> = (content, key, response, max, policy) => {
  const filled = new Map(Object.entries(response && 'g' in response ? response.g : {}));
  const { caseSensitive = false, folds = [] } = key;
  const read = (text: string) => foldAnswer(normaliseAnswer(text, caseSensitive), folds);
  const counted = new Set<string>();
  const outcomes = content.gaps.map(({ id, options }): ScoredPart => {
    const answer = filled.get(id);
    const answers = key.answers[id] ?? [];
    const isPick = options !== undefined;
    const given = answer && 'c' in answer === isPick ? ('c' in answer ? answer.c : read(answer.x)) : '';
    if (given === '') return { part: id, outcome: 'blank' };
    const option = options?.find((one) => one.id === given);
    const same = isPick ? read(option?.text ?? '') : given;
    const fits = isPick ? answers.includes(given) : answers.some((text) => read(text) === given);
    const isRight = fits && !(key.distinct && counted.has(same));
    if (isRight) counted.add(same);
    return { part: id, outcome: isRight ? 'right' : 'wrong' };
  });
  return scoreEach(outcomes, max, policy, key);
};
