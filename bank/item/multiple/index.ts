import type { ItemKind } from '../kind.ts';
import { checkOptions, optionIds, shuffledOptions } from '../options.ts';
import { checkKnown } from '../parts.ts';
import { checkWeights } from '../weights.ts';
import { MultipleContent, MultipleKey } from './schema.ts';
import { toMultipleView, type MultipleView } from './view.ts';

export const multiple: ItemKind<MultipleContent, MultipleKey, MultipleView> = {
  name: 'multiple',
  contentSchema: MultipleContent,
  keySchema: MultipleKey,
  check(content, key) {
    return [
      ...checkOptions(content, key.correct),
      ...checkWeights(key.weights),
      ...checkKnown(Object.keys(key.weights ?? {}), content.options, 'key.weights'),
    ];
  },
  partIds: optionIds,
  shuffled: shuffledOptions,
  toView: toMultipleView,
};
