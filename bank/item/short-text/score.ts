import { scoreWhole, type Scorer } from '../scoring/scorer.ts';
import { fitsExpression } from './expression.ts';
import { foldAnswer, normaliseAnswer } from './normalise.ts';
import { fitsPattern } from './pattern.ts';
import type { ShortTextContent, ShortTextKey } from './schema.ts';

/** All points for a wording that equals an accepted one, or fits a pattern or an expression, after both are normalised. */
export const scoreShortText: Scorer<ShortTextContent, ShortTextKey> = (_content, key, response, max) => {
  const { accepted, patterns = [], caseSensitive = false, folds = [] } = key;
  const read = (text: string) => {
    const normalised = normaliseAnswer(text, caseSensitive);
    return folds.length === 0 ? normalised : foldAnswer(normalised, folds);
  };
  const given = response && 'x' in response ? read(response.x) : '';
  if (given === '') return scoreWhole('blank', max);
  const right =
    accepted.some((text) => read(text) === given) ||
    patterns.some((pattern) => fitsPattern(given, read(pattern))) ||
    fitsExpression(given, key);
  return scoreWhole(right ? 'right' : 'wrong', max);
};
