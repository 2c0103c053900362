import type { ItemKind, ItemProblem } from '../kind.ts';
import { checkStem } from '../parts.ts';
import { parseDecimal } from './decimal.ts';
import { NumericContent, NumericKey } from './schema.ts';
import { toNumericView, type NumericView } from './view.ts';

function checkDecimal(text: string, where: string): ItemProblem[] {
  return parseDecimal(text) ? [] : [{ code: 'item-numeric-key', where, values: { value: text } }];
}

function checkTolerance(text: string): ItemProblem[] {
  const tolerance = parseDecimal(text);
  if (tolerance && tolerance.units >= 0n) return [];
  return [{ code: 'item-numeric-tolerance', where: 'key.tolerance', values: { value: text } }];
}

export const numeric: ItemKind<NumericContent, NumericKey, NumericView> = {
  name: 'numeric',
  contentSchema: NumericContent,
  keySchema: NumericKey,
  check(content, key) {
    return [
      ...checkStem(content.stem),
      ...checkDecimal(key.value, 'key.value'),
      ...(key.alternatives ?? []).flatMap((text, i) => checkDecimal(text, `key.alternatives.${i}`)),
      ...(key.tolerance === undefined ? [] : checkTolerance(key.tolerance)),
    ];
  },
  partIds: () => [],
  shuffled: () => ({ parts: [], pinned: [] }),
  toView: toNumericView,
};
