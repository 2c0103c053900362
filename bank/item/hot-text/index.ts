import { LIMITS } from '#bank/protocol';
import type { ItemKind, ItemProblem } from '../kind.ts';
import { checkKnown, checkStem } from '../parts.ts';
import { checkWeights } from '../weights.ts';
import { phrasesOf } from './phrases.ts';
import { HotTextContent, HotTextKey } from './schema.ts';
import { toHotTextView, type HotTextView } from './view.ts';

export const hotText: ItemKind<HotTextContent, HotTextKey, HotTextView> = {
  name: 'hotText',
  contentSchema: HotTextContent,
  keySchema: HotTextKey,
  check({ stem }, { correct, weights }) {
    if (checkStem(stem).length > 0) return checkStem(stem);
    const phrases = phrasesOf(stem);
    const count = phrases.length;
    const problems: ItemProblem[] = [];
    if (count < 2 || count > LIMITS.optionsPerItem)
      problems.push({ code: 'item-hot-count', where: 'stem', values: { count, max: LIMITS.optionsPerItem } });
    if (correct.length === 0) problems.push({ code: 'item-key-missing', where: 'key' });
    return [
      ...problems,
      ...checkKnown(correct, phrases, 'key.correct'),
      ...checkKnown(Object.keys(weights ?? {}), phrases, 'key.weights'),
      ...checkWeights(weights),
    ];
  },
  partIds: ({ stem }) => phrasesOf(stem).map(({ id }) => id),
  shuffled: () => ({ parts: [], pinned: [] }),
  toView: toHotTextView,
};
