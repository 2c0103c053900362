import { foldWord, type Level } from '#bank/protocol';
import type { Values } from './import-row.ts';
import {
  KIND_CHOICES,
  LEVEL_CHOICES,
  QUESTION_COLUMNS,
  type KindChoice,
  type LevelChoice,
  type QuestionColumnId,
} from './workbook-columns.ts';

interface Worded {
  vi: string;
  en: string;
  aliases: readonly string[];
}

/** Looks words up by their folded form; the Vietnamese word wins over the English one, and that over aliases. */
function lookup<T extends Worded>(choices: readonly T[]): (text: string) => T | undefined {
  const byWord = new Map<string, T>();
  for (const choice of choices) for (const alias of choice.aliases) byWord.set(foldWord(alias), choice);
  for (const choice of choices) byWord.set(foldWord(choice.en), choice);
  for (const choice of choices) byWord.set(foldWord(choice.vi), choice);
  return (text) => byWord.get(foldWord(text));
}

export const findKind: (text: string) => KindChoice | undefined = lookup(KIND_CHOICES);
export const findLevel: (text: string) => LevelChoice | undefined = lookup(LEVEL_CHOICES);

/** Levels one after the other, as in `Biết; Biết; Hiểu; Vận dụng`; null when one of them is not known. */
export function findLevels(text: string): Level[] | null {
  const levels = text.split(/[;,/]/).map((word) => findLevel(word.trim())?.level);
  return levels.every((level) => level !== undefined) ? levels : null;
}

/** The words that a sentence lists as known, in both languages. */
export function known(choices: readonly Worded[]): Values {
  return {
    known: choices.map((choice) => choice.vi).join(', '),
    knownEn: choices.map((choice) => choice.en).join(', '),
  };
}

/** The header of a column, in both languages. */
export function columnWords(id: QuestionColumnId): Values {
  const column = QUESTION_COLUMNS.find((candidate) => candidate.id === id);
  return { column: column?.vi ?? id, columnEn: column?.en ?? id };
}
