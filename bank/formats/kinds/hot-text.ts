import type { HotTextContent, HotTextKey } from '#bank/item';
import type { KindFormat } from './kind-format.ts';
import { readScheme, writeScheme } from './multiple.ts';

/** `[[…]]` in the text is a phrase; the key names those to be marked by their numbers, `2; 5`. */
export const hotTextFormat: KindFormat<HotTextContent, HotTextKey> = {
  columns: ['key', 'scoring'],
  fromCells(cells) {
    const stem = cells.rich('stem');
    const text = cells.text('key');
    const numbers = text.split(/[;,\s]+/).filter((number) => number !== '');
    if (!numbers.every((number) => /^[1-9][0-9]?$/.test(number)))
      cells.refuse('key-unreadable', 'key', { key: text.slice(0, 60), example: '2; 5' });
    const correct = [...new Set(numbers)];
    return {
      content: { kind: 'hotText', stem },
      key: { correct, scheme: 'allOrNothing', ...readScheme(cells, (name) => name) },
    };
  },
  toCells(content, key) {
    const scoring = writeScheme(key, Object.entries(key.weights ?? {}));
    return {
      cells: { stem: content.stem, key: key.correct.join('; '), ...(scoring !== undefined && { scoring }) },
    };
  },
  toGift: () => ({ form: 'unsupported' }),
  columnOf: (where) =>
    where.startsWith('key.weights') ? 'scoring' : where.startsWith('key') ? 'key' : 'stem',
};
