import { scoreWhole, type Scorer } from '../scoring/scorer.ts';
import { parseDecimal, within, type Decimal } from './decimal.ts';
import type { NumericContent, NumericKey } from './schema.ts';

function keyDecimal(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (!decimal) throw new RangeError('the key of a numeric item is not a number');
  return decimal;
}

/**
 * All points for a number within the tolerance of the key or of an alternative, ends included. What cannot be
 * read as a number is wrong; white space alone is blank.
 * @throws RangeError when the key itself is no number, which `check` refuses beforehand
 */
export const scoreNumeric: Scorer<NumericContent, NumericKey> = (_content, key, response, max) => {
  if (!response || !('x' in response) || response.x.trim() === '') return scoreWhole('blank', max);
  const tolerance = keyDecimal(key.tolerance ?? '0');
  const accepted = [key.value, ...(key.alternatives ?? [])].map(keyDecimal);
  const given = parseDecimal(response.x);
  const right = given !== null && accepted.some((value) => within(given, value, tolerance));
  return scoreWhole(right ? 'right' : 'wrong', max);
};
