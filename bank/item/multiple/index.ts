import type { ItemKind } from '../kind.ts';
import { checkOptions, optionIds, shuffledOptions } from '../options.ts';
import { MultipleContent, MultipleKey } from './schema.ts';
import { toMultipleView, type MultipleView } from './view.ts';

export const multiple: ItemKind<MultipleContent, MultipleKey, MultipleView> = {
  name: 'multiple',
  contentSchema: MultipleContent,
  keySchema: MultipleKey,
  check(content, key) {
    return checkOptions(content, key.correct);
  },
  partIds: optionIds,
  shuffled: shuffledOptions,
  toView: toMultipleView,
};
