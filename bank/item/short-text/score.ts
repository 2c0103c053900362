import { scoreWhole, type Scorer } from '../scoring/scorer.ts';
import { normaliseAnswer } from './normalise.ts';
import type { ShortTextContent, ShortTextKey } from './schema.ts';

/** All points for a wording that equals an accepted one after normalisation. */
export const scoreShortText: Scorer<ShortTextContent, ShortTextKey> = (_content, key, response, max) => {
  const caseSensitive = key.caseSensitive === true;
  const given = response && 'x' in response ? normaliseAnswer(response.x, caseSensitive) : '';
  if (given === '') return scoreWhole('blank', max);
  const right = key.accepted.some((text) => normaliseAnswer(text, caseSensitive) === given);
  return scoreWhole(right ? 'right' : 'wrong', max);
};
