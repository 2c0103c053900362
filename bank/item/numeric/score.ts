import { scoreWhole, type Scorer } from '../scoring/scorer.ts';
import { equalRounded, liesBetween } from './compare.ts';
import { parseDecimal, type Decimal } from './decimal.ts';
import type { NumericContent, NumericKey } from './schema.ts';
import { parseTolerance } from './tolerance.ts';

function known<T>(read: T | null): T {
  if (read === null) throw new RangeError('the key of a numeric item is not a number');
  return read;
}

function isRight(given: Decimal, key: NumericKey): boolean {
  const { upTo, round, alternatives = [] } = key;
  const values = [key.value, ...alternatives].map((text) => known(parseDecimal(text)));
  if (round) return values.some((value) => equalRounded(given, value, round));
  const tolerance = known(parseTolerance(key.tolerance ?? '0'));
  return values.some((value, i) => {
    const most = i === 0 && upTo !== undefined ? known(parseDecimal(upTo)) : value;
    return liesBetween(given, value, most, tolerance);
  });
}

/**
 * All points for a number that the key takes for right (schema.ts). What cannot be read as a number, or is not typed
 * as the item asks, is wrong; white space alone is blank.
 * @throws RangeError when the key itself is no number, which `check` refuses beforehand
 */
export const scoreNumeric: Scorer<NumericContent, NumericKey> = (content, key, response, max) => {
  if (!response || !('x' in response) || response.x.trim() === '') return scoreWhole('blank', max);
  const given = parseDecimal(response.x, content.entry);
  return scoreWhole(given !== null && isRight(given, key) ? 'right' : 'wrong', max);
};
