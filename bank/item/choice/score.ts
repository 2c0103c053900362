import { scoreWhole, type Scorer } from '../scoring/scorer.ts';
import type { ChoiceContent, ChoiceKey } from './schema.ts';

/** All points for the right option. */
export const scoreChoice: Scorer<ChoiceContent, ChoiceKey> = (_content, key, response, max) => {
  if (!response || !('c' in response)) return scoreWhole('blank', max);
  return scoreWhole(key.correct.includes(response.c) ? 'right' : 'wrong', max);
};
