import type { TfClusterContent, TfClusterKey } from '#bank/item';
import { foldWord } from '#bank/protocol';
import { findLevels } from '../words.ts';
import type { QuestionCells } from '../question-cells.ts';
import { OPTION_COLUMNS, optionColumn, type KindFormat } from './kind-format.ts';

const SIGNS: Readonly<Record<string, boolean>> = {
  d: true,
  dung: true,
  t: true,
  true: true,
  '1': true,
  s: false,
  sai: false,
  f: false,
  false: false,
  '0': false,
};

/** `ĐSĐĐ`, `Đ S Đ Đ`, `Đúng, Sai, Đúng, Đúng`, `TFTT`, `1011`; null when it is not such a list. */
function readSigns(text: string, count: number): boolean[] | null {
  const words = foldWord(text).split(' ');
  const signs = words.length === 1 && words[0] !== undefined && !(words[0] in SIGNS) ? [...words[0]] : words;
  const truths = signs.map((sign) => SIGNS[sign]);
  return truths.length === count && truths.every((truth) => truth !== undefined) ? truths : null;
}

/** Excel drops the zeros in front of a key such as 0110 typed as a number. */
function keyText(cells: QuestionCells, count: number): string {
  const text = cells.text('key');
  return cells.cell('key').isNumber && /^[01]+$/.test(text) ? text.padStart(count, '0') : text;
}

export const tfClusterFormat: KindFormat<TfClusterContent, TfClusterKey> = {
  columns: [...OPTION_COLUMNS, 'key'],
  fromCells(cells) {
    const stem = cells.rich('stem');
    const letters = cells.letters();
    const levels = findLevels(cells.text('level')) ?? [];
    const statements = letters.map((letter, i) => {
      const level = levels.length === letters.length ? levels[i] : undefined;
      return { id: letter.toLowerCase(), text: cells.rich(`option${letter}`), ...(level && { level }) };
    });
    const text = keyText(cells, statements.length);
    const truths = readSigns(text, statements.length);
    const content: TfClusterContent = { kind: 'tfCluster', stem, statements };
    if (!truths) {
      if (text === '') cells.refuse('item-key-missing', 'key');
      else cells.refuse('key-unreadable', 'key', { key: text.slice(0, 60), example: 'ĐSĐĐ' });
    }
    const truth = Object.fromEntries(statements.map(({ id }, i) => [id, truths?.[i] ?? false]));
    return { content, key: { truth } };
  },
  toCells(content, key) {
    const signs = content.statements.map(({ id }) => (key.truth[id] ? 'Đ' : 'S')).join('');
    const statements = content.statements.map(({ text }, i) => [optionColumn(i), text] as const);
    return { cells: { stem: content.stem, ...Object.fromEntries(statements), key: signs } };
  },
  toGift: () => ({ form: 'unsupported' }),
};
