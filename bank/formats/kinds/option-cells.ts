import { plainText, type ChoiceContent, type MultipleContent } from '#bank/item';
import { foldWord, type RichText } from '#bank/protocol';
import type { QuestionCells } from '../question-cells.ts';
import { OPTION_LETTERS, SHUFFLE_WORDS, type QuestionColumnId } from '../workbook-columns.ts';
import { letterOf, optionColumn } from './kind-format.ts';

type Options = ChoiceContent['options'];

interface Shuffle {
  shuffle: boolean;
  sorted?: true;
  /** Ids of options that keep their place. */
  fixed: ReadonlySet<string>;
}

/** Stem, options and shuffling of a row; ids are the letters in lower case. */
export function readOptions(
  cells: QuestionCells,
): Pick<ChoiceContent, 'stem' | 'options' | 'shuffle' | 'sorted'> {
  const { fixed, ...order } = readShuffle(cells);
  const options: Options = cells.letters().map((letter) => {
    const id = letter.toLowerCase();
    const text = cells.rich(`option${letter}`);
    return fixed.has(id) ? { id, text, fixed: true } : { id, text };
  });
  return { stem: cells.rich('stem'), options, ...order };
}

const YES = new Set(SHUFFLE_WORDS.yes.map(foldWord));
const NO = new Set(SHUFFLE_WORDS.no.map(foldWord));
const SORTED = new Set(SHUFFLE_WORDS.sorted.map(foldWord));
const KEEP = new Set(SHUFFLE_WORDS.keep.map(foldWord));

/** `Có`, `Không`, `Có, giữ D`, `Theo số`, or `Theo số, giữ D`. */
function readShuffle(cells: QuestionCells): Shuffle {
  const text = cells.text('shuffle');
  const words = foldWord(text).split(' ');
  const keepAt = words.findIndex((word) => KEEP.has(word));
  const head = (keepAt < 0 ? words : words.slice(0, keepAt)).join(' ');
  const kept = keepAt < 0 ? [] : words.slice(keepAt + 1).filter((word) => word !== 'va' && word !== 'and');
  const letters = kept.flatMap((word) => [...word]);
  const readable = letters.every((letter) => cells.has(columnOfLetter(letter)));
  if (head === '' || YES.has(head) || SORTED.has(head)) {
    const order = SORTED.has(head) ? { shuffle: true, sorted: true as const } : { shuffle: true };
    if (readable) return { ...order, fixed: new Set(letters) };
  } else if (NO.has(head) && keepAt < 0) {
    return { shuffle: false, fixed: new Set() };
  }
  cells.refuse('shuffle-unreadable', 'shuffle', { text });
  return { shuffle: true, fixed: new Set() };
}

function columnOfLetter(letter: string): QuestionColumnId {
  const found = OPTION_LETTERS.find((candidate) => candidate.toLowerCase() === letter);
  return found ? `option${found}` : 'note';
}

/** Ids of the options that the key cell names by letter, or by repeating the text of one option. */
export function readKeyLetters(cells: QuestionCells, options: Options, example: string): string[] {
  const text = cells.text('key');
  if (text === '') return [];
  const letters = lettersOf(text);
  const same = letters?.length === 1 ? undefined : sameText(cells, options, text);
  if (same !== undefined) return [same];
  if (letters) {
    const known = letters.filter((letter) => options.some((option) => option.id === letter));
    for (const letter of letters) {
      if (!known.includes(letter)) cells.refuse('key-no-option', 'key', { letter: letter.toUpperCase() });
    }
    return known;
  }
  cells.refuse('key-unreadable', 'key', { key: text.slice(0, 60), example });
  return [];
}

function sameText(cells: QuestionCells, options: Options, text: string): string | undefined {
  const plain = plainText(cells.richPart(text, 'key'));
  return options.find((option) => plainText(option.text).trim() === plain)?.id;
}

/** `A;C`, `A, C`, `AC`, `a và c`: distinct letters in order; null when the text is something else. */
function lettersOf(text: string): string[] | null {
  const words = text
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'và' && word !== 'and');
  const letters = words.flatMap((word) => [...word]);
  const known = letters.length > 0 && letters.every((letter) => /^[a-h]$/.test(letter));
  return known && new Set(letters).size === letters.length ? letters.toSorted() : null;
}

/** Cells of stem, options, shuffling and key. */
export function writeOptions(
  content: ChoiceContent | MultipleContent,
  correct: readonly string[],
): Partial<Record<QuestionColumnId, string | RichText>> {
  const cells: Partial<Record<QuestionColumnId, string | RichText>> = { stem: content.stem };
  const kept: string[] = [];
  const right: string[] = [];
  content.options.forEach((option, i) => {
    cells[optionColumn(i)] = option.text;
    if (option.fixed) kept.push(letterOf(i));
    if (correct.includes(option.id)) right.push(letterOf(i));
  });
  cells.key = right.join(';');
  const word = content.sorted ? SHUFFLE_WORDS.sorted[0] : SHUFFLE_WORDS.yes[0];
  if (!content.shuffle && !content.sorted) cells.shuffle = SHUFFLE_WORDS.no[0];
  else cells.shuffle = kept.length > 0 ? `${word}, giữ ${kept.join(' ')}` : word;
  return cells;
}
