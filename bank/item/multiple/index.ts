import type { ItemKind, ItemProblem } from '../kind.ts';
import { checkOptions, optionIds, shuffledOptions } from '../options.ts';
import { checkKnown } from '../parts.ts';
import { MultipleContent, MultipleKey } from './schema.ts';
import { toMultipleView, type MultipleView } from './view.ts';

/** `1/3`, `-1/6`, `50%`, `0,25`: what `parseFraction` of bank/marks reads, which candidates' pages do without. */
const WEIGHT = /^[+-]?[0-9]{1,12}([.,][0-9]{1,12})?(%|\/[1-9][0-9]{0,11})?$/;

export const multiple: ItemKind<MultipleContent, MultipleKey, MultipleView> = {
  name: 'multiple',
  contentSchema: MultipleContent,
  keySchema: MultipleKey,
  check(content, key) {
    const weights = Object.entries(key.weights ?? {});
    const unread: ItemProblem[] = weights
      .filter(([, weight]) => !WEIGHT.test(weight))
      .map(([part, value]) => ({
        code: 'item-weight',
        where: `key.weights.${part}`,
        values: { part, value },
      }));
    const named = weights.map(([part]) => part);
    return [
      ...checkOptions(content, key.correct),
      ...unread,
      ...checkKnown(named, content.options, 'key.weights'),
    ];
  },
  partIds: optionIds,
  shuffled: shuffledOptions,
  toView: toMultipleView,
};
