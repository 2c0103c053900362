import type { DescriptionContent, DescriptionKey } from '#bank/item';
import type { KindFormat } from './kind-format.ts';

export const descriptionFormat: KindFormat<DescriptionContent, DescriptionKey> = {
  columns: [],
  fromCells: (cells) => ({ content: { kind: 'description', stem: cells.rich('stem') }, key: {} }),
  toCells: (content) => ({ cells: { stem: content.stem } }),
  toGift: () => ({ form: 'none' }),
};
