import type { ChoiceContent, ChoiceKey } from '#bank/item';
import { OPTION_COLUMNS, type KindFormat } from './kind-format.ts';
import { readKeyLetters, readOptions, writeOptions } from './option-cells.ts';

export const choiceFormat: KindFormat<ChoiceContent, ChoiceKey> = {
  columns: [...OPTION_COLUMNS, 'key', 'shuffle'],
  fromCells(cells) {
    const fields = readOptions(cells);
    const correct = readKeyLetters(cells, fields.options, 'B');
    return { content: { kind: 'choice', ...fields }, key: { correct } };
  },
  toCells: (content, key) => ({ cells: writeOptions(content, key.correct) }),
  toGift: (content, key) => ({
    form: 'lines',
    lines: content.options.map(({ id, text }) => ({ sign: key.correct.includes(id) ? '=' : '~', text })),
  }),
};
