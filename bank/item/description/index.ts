import type { ItemKind } from '../kind.ts';
import { checkStem } from '../parts.ts';
import { DescriptionContent, DescriptionKey } from './schema.ts';
import { toDescriptionView, type DescriptionView } from './view.ts';

export const description: ItemKind<DescriptionContent, DescriptionKey, DescriptionView> = {
  name: 'description',
  contentSchema: DescriptionContent,
  keySchema: DescriptionKey,
  check: (content) => checkStem(content.stem),
  partIds: () => [],
  shuffled: () => ({ parts: [], pinned: [] }),
  toView: toDescriptionView,
};
