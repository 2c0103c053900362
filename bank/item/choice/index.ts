import type { ItemKind } from '../kind.ts';
import { checkOptions, optionIds, shuffledOptions } from '../options.ts';
import { ChoiceContent, ChoiceKey } from './schema.ts';
import { toChoiceView, type ChoiceView } from './view.ts';

export const choice: ItemKind<ChoiceContent, ChoiceKey, ChoiceView> = {
  name: 'choice',
  contentSchema: ChoiceContent,
  keySchema: ChoiceKey,
  check(content, key) {
    const problems = checkOptions(content, key.correct);
    const count = key.correct.length;
    if (count > 1) problems.push({ code: 'item-choice-several-keys', where: 'key', values: { count } });
    return problems;
  },
  partIds: optionIds,
  shuffled: shuffledOptions,
  toView: toChoiceView,
};
