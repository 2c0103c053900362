import type { RichText } from '#bank/protocol';
import type { MatchingContent, MatchingKey } from '#bank/item';
import type { QuestionCells } from '../question-cells.ts';
import type { OptionLetter, QuestionColumnId } from '../workbook-columns.ts';
import { OPTION_COLUMNS, optionColumn, type GiftLine, type KindFormat } from './kind-format.ts';

const ARROW = /=>|→|⇒/;

/** Left and right side of a pair cell; arrows inside `$…$` do not count. */
function splitPair(text: string): { left: string; right: string } | null {
  const masked = text.replace(/\\.|\$(?:\\.|[^$\\])*\$/gs, (formula) => ' '.repeat(formula.length));
  const arrow = ARROW.exec(masked);
  if (!arrow) return null;
  const right = text.slice(arrow.index + arrow[0].length).trim();
  return right === '' ? null : { left: text.slice(0, arrow.index).trim(), right };
}

interface Pairs {
  prompts: MatchingContent['prompts'];
  choices: MatchingContent['choices'];
  pairs: MatchingKey['pairs'];
}

/** Prompts are named by the letter of their cell, choices by the number of their cell (A is 1). */
function readPair(cells: QuestionCells, letter: OptionLetter, index: number, into: Pairs): void {
  const column = `option${letter}` as const;
  const cell = cells.cell(column);
  const pair = splitPair(cell.text);
  if (!pair) {
    cells.refuse('pair-unreadable', column);
    return;
  }
  if (cell.images) cells.warn('image-outside', column);
  const choice = String(index + 1);
  into.choices.push({ id: choice, text: cells.richPart(pair.right, column) });
  if (pair.left === '') return;
  const prompt = letter.toLowerCase();
  into.prompts.push({ id: prompt, text: cells.richPart(pair.left, column) });
  into.pairs[prompt] = choice;
}

/** A pair as one text, `left => right`. */
function joinPair(left: RichText, right: RichText): RichText {
  const [first = [], ...rest] = right;
  const last = left.at(-1) ?? [];
  const arrow = { t: 'text' as const, v: left.length > 0 ? ' => ' : '=> ' };
  return [...left.slice(0, -1), [...last, arrow, ...first], ...rest];
}

/** Prompts with their choices first, then the choices that no prompt has. */
function pairsOf(content: MatchingContent, key: MatchingKey): { left: RichText; right: RichText }[] {
  const textOf = new Map(content.choices.map(({ id, text }) => [id, text]));
  const used = new Set(Object.values(key.pairs));
  return [
    ...content.prompts.map(({ id, text }) => ({ left: text, right: textOf.get(key.pairs[id] ?? '') ?? [] })),
    ...content.choices.filter(({ id }) => !used.has(id)).map(({ text }) => ({ left: [], right: text })),
  ];
}

export const matchingFormat: KindFormat<MatchingContent, MatchingKey> = {
  columns: OPTION_COLUMNS,
  fromCells(cells) {
    const into: Pairs = { prompts: [], choices: [], pairs: {} };
    const stem = cells.rich('stem');
    cells.letters().forEach((letter, i) => readPair(cells, letter, i, into));
    const { prompts, choices, pairs } = into;
    return { content: { kind: 'matching', stem, prompts, choices }, key: { pairs } };
  },
  toCells(content, key) {
    const pairs = pairsOf(content, key).map(({ left, right }, i) => [optionColumn(i), joinPair(left, right)]);
    return { cells: { stem: content.stem, ...Object.fromEntries(pairs) } };
  },
  toGift: (content, key) => ({
    form: 'lines',
    lines: pairsOf(content, key).map(({ left, right }): GiftLine => ({
      sign: '=',
      text: left,
      match: right,
    })),
  }),
  columnOf(where): QuestionColumnId {
    const [group, id = ''] = where.split('.');
    if (group === 'choices') return optionColumn(Number(id) - 1);
    if (group === 'prompts' && id) return optionColumn((id.codePointAt(0) ?? 97) - 97);
    return group === 'stem' ? 'stem' : 'optionA';
  },
};
