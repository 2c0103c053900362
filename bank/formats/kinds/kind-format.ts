import type { RichText } from '#bank/protocol';
import type { ItemContent, ItemKey } from '#bank/item';
import type { QuestionCells } from '../question-cells.ts';
import { OPTION_LETTERS, type KindChoice, type QuestionColumnId } from '../workbook-columns.ts';

type KindVariant = NonNullable<KindChoice['variant']>;

/** What a row says of an item; checks come later. */
export interface ReadItem<Content = ItemContent, Key = ItemKey> {
  content: Content;
  key: Key;
}

/** Cells of a row to be written: plain text, or formatted text. */
export interface WrittenCells {
  variant?: KindVariant;
  cells: Partial<Record<QuestionColumnId, string | RichText>>;
}

/** The part between the braces of a GIFT question; `text` is formatted text still to be escaped. */
export type GiftAnswers =
  { form: 'none' } | { form: 'lines'; numeric?: true; lines: GiftLine[] } | { form: 'unsupported' };

export interface GiftLine {
  sign: '=' | '~';
  /** Percent of the mark; absent for all or none. */
  weight?: number;
  text: RichText | string;
  /** Right side of a matching pair. */
  match?: RichText;
}

/** How one kind of item is read from and written to files. Registered in `kinds/index.ts`. */
export interface KindFormat<Content = ItemContent, Key = ItemKey> {
  /** Columns that the kind uses besides code, kind, topic, level, stimulus, stem and note. */
  columns: readonly QuestionColumnId[];
  /** Null when nothing can be made of the row; what is wrong is in its report. */
  fromCells(cells: QuestionCells, variant: KindVariant | undefined): ReadItem<Content, Key> | null;
  toCells(content: Content, key: Key): WrittenCells;
  toGift(content: Content, key: Key): GiftAnswers;
  /** Column that a path of `check` (`options.b`, `key.value`) is about; by default letters and key. */
  columnOf?(where: string, content: Content): QuestionColumnId;
}

export const OPTION_COLUMNS: readonly QuestionColumnId[] = OPTION_LETTERS.map(
  (letter) => `option${letter}` as const,
);

const KEY_COLUMNS: Readonly<Record<string, QuestionColumnId>> = {
  tolerance: 'tolerance',
  patterns: 'patterns',
  expressions: 'expressions',
  weights: 'scoring',
  round: 'scoring',
};

/** `options.b` → column of option B; `key…` → the key; anything else → the stem. */
export function defaultColumn(where: string): QuestionColumnId {
  const [group, id = ''] = where.split('.');
  if (group === 'key') return KEY_COLUMNS[id] ?? 'key';
  const letter = OPTION_LETTERS.find((candidate) => candidate.toLowerCase() === id);
  return letter ? `option${letter}` : 'stem';
}

/** Column of the option with that index; the last one when there are more than letters. */
export function optionColumn(index: number): QuestionColumnId {
  return OPTION_COLUMNS[index] ?? 'optionH';
}

export function letterOf(index: number): string {
  return OPTION_LETTERS[index] ?? '';
}
