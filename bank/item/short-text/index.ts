import type { ItemKind, ItemProblem } from '../kind.ts';
import { checkStem } from '../parts.ts';
import { normaliseAnswer } from './normalise.ts';
import { ShortTextContent, ShortTextKey } from './schema.ts';
import { toShortTextView, type ShortTextView } from './view.ts';

export const shortText: ItemKind<ShortTextContent, ShortTextKey, ShortTextView> = {
  name: 'shortText',
  contentSchema: ShortTextContent,
  keySchema: ShortTextKey,
  check(content, key) {
    const problems: ItemProblem[] = checkStem(content.stem);
    const patterns = key.patterns ?? [];
    const count = key.accepted.length + patterns.length + (key.expressions ?? []).length;
    if (count === 0) problems.push({ code: 'item-key-missing', where: 'key' });
    key.accepted.forEach((text, i) => {
      if (normaliseAnswer(text, true) === '') {
        problems.push({ code: 'item-short-text-key', where: `key.accepted.${i}` });
      }
    });
    patterns.forEach((pattern, i) => {
      const isAnything = /^[*?\s]*$/.test(pattern);
      if (isAnything) problems.push({ code: 'item-short-text-pattern', where: `key.patterns.${i}` });
    });
    return problems;
  },
  partIds: () => [],
  shuffled: () => ({ parts: [], pinned: [] }),
  toView: toShortTextView,
};
