import type { ItemKind, ItemProblem } from '../kind.ts';
import { checkStem } from '../parts.ts';
import { difference } from './compare.ts';
import { parseDecimal } from './decimal.ts';
import { NumericContent, NumericKey } from './schema.ts';
import { parseTolerance } from './tolerance.ts';
import { toNumericView, type NumericView } from './view.ts';

type Check = (content: NumericContent, key: NumericKey) => ItemProblem[];

const checkNumbers: Check = (_content, key) => {
  const numbers = [
    [key.value, 'key.value'],
    [key.upTo ?? '0', 'key.upTo'],
    ...(key.alternatives ?? []).map((text, i) => [text, `key.alternatives.${i}`]),
  ] as const;
  return numbers.flatMap(([value = '', where = '']) =>
    parseDecimal(value) ? [] : [{ code: 'item-numeric-key', where, values: { value } }],
  );
};

const checkTolerance: Check = (_content, { tolerance: value }) =>
  value === undefined || parseTolerance(value)
    ? []
    : [{ code: 'item-numeric-tolerance', where: 'key.tolerance', values: { value } }];

/** An interval runs upwards, and rounding stands for itself. */
const checkRange: Check = (_content, { value, upTo, round, tolerance }) => {
  const [least, most] = [parseDecimal(value), parseDecimal(upTo ?? value)];
  const problems: ItemProblem[] = [];
  if (upTo !== undefined && least && most && difference(most, least) < 0n)
    problems.push({ code: 'item-numeric-range', where: 'key.upTo', values: { value, most: upTo } });
  if (round && (upTo !== undefined || tolerance !== undefined))
    problems.push({ code: 'item-numeric-round', where: 'key.round' });
  return problems;
};

/** What candidates cannot type the way the item asks could never be answered. */
const checkEntry: Check = ({ entry }, key) => {
  if (entry !== 'sheet') return [];
  const values = [key.value, ...(key.alternatives ?? [])];
  const tooLong = values.filter((text) => parseDecimal(text) && !parseDecimal(text, entry));
  return tooLong.map((value) => ({ code: 'item-numeric-sheet', where: 'key.value', values: { value } }));
};

export const numeric: ItemKind<NumericContent, NumericKey, NumericView> = {
  name: 'numeric',
  contentSchema: NumericContent,
  keySchema: NumericKey,
  check(content, key) {
    const checks = [checkNumbers, checkTolerance, checkRange, checkEntry];
    return [...checkStem(content.stem), ...checks.flatMap((find) => find(content, key))];
  },
  partIds: () => [],
  shuffled: () => ({ parts: [], pinned: [] }),
  toView: toNumericView,
};
