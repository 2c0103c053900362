import type { MultipleContent, MultipleKey } from '#bank/item';
import { OPTION_COLUMNS, type KindFormat } from './kind-format.ts';
import { readKeyLetters, readOptions, writeOptions } from './option-cells.ts';

/** Percent weights as Moodle knows them: five decimals. */
function share(parts: number): number {
  return Number((100 / parts).toFixed(5));
}

export const multipleFormat: KindFormat<MultipleContent, MultipleKey> = {
  columns: [...OPTION_COLUMNS, 'key', 'shuffle'],
  fromCells(cells, variant) {
    const fields = readOptions(cells);
    const correct = readKeyLetters(cells, fields.options, 'A;C');
    const scheme = variant === 'rightMinusWrong' ? 'rightMinusWrong' : 'allOrNothing';
    return { content: { kind: 'multiple', ...fields }, key: { correct, scheme } };
  },
  toCells(content, key) {
    const cells = writeOptions(content, key.correct);
    return key.scheme === 'rightMinusWrong' ? { variant: key.scheme, cells } : { cells };
  },
  toGift(content, key) {
    const weight = share(key.correct.length);
    const penalty = key.scheme === 'rightMinusWrong' ? -weight : -100;
    return {
      form: 'lines',
      lines: content.options.map(({ id, text }) => ({
        sign: '~',
        weight: key.correct.includes(id) ? weight : penalty,
        text,
      })),
    };
  },
};
