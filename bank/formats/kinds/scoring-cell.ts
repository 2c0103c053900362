import { foldWord } from '#bank/protocol';
import type { QuestionCells } from '../question-cells.ts';

/** A word of the scoring cell, in both languages. A digit sign `#` in it stands for a number from 0 to 20. */
export interface ScoringWord {
  vi: string;
  en: string;
}

/** A word that stands in the cell, and the number in it. */
interface FoundWord<Id> {
  id: Id;
  number: number;
}

/** Divides the words of the cell. */
const DIVIDER = ';';

/**
 * The words of the scoring cell; `readOther` takes what is none of them, or gives false: then the cell is refused
 * with the words that it may hold.
 */
export function readScoring<Id extends string>(
  cells: QuestionCells,
  words: Readonly<Record<Id, ScoringWord>>,
  readOther: (text: string) => boolean = () => false,
): FoundWord<Id>[] {
  const written = cells.text('scoring').split(DIVIDER);
  const texts = written.map((text) => text.trim()).filter((text) => text !== '');
  return texts.flatMap((text) => {
    const found = findWord(text, words);
    if (found) return [found];
    if (!readOther(text))
      cells.refuse('scoring-unreadable', 'scoring', { text: text.slice(0, 60), ...listed(words) });
    return [];
  });
}

function findWord<Id extends string>(
  text: string,
  words: Readonly<Record<Id, ScoringWord>>,
): FoundWord<Id> | undefined {
  const number = /(?<![0-9])(?:1?[0-9]|20)(?![0-9])/.exec(text)?.[0];
  const folded = [text, number === undefined ? text : text.replace(number, '#')].map(foldSign);
  for (const [id, { vi, en }] of Object.entries<ScoringWord>(words)) {
    if ([vi, en].some((word) => folded.includes(foldSign(word))))
      return { id: id as Id, number: Number(number ?? 0) };
  }
  return undefined;
}

/** The sign would be lost as punctuation. */
function foldSign(text: string): string {
  return foldWord(text.replace('#', 'NUMBER'));
}

function listed(words: Readonly<Record<string, ScoringWord>>): Record<'known' | 'knownEn', string> {
  const all = Object.values(words);
  const join = (pick: (word: ScoringWord) => string) => all.map(pick).join('; ').replaceAll('#', '2');
  return { known: join(({ vi }) => vi), knownEn: join(({ en }) => en) };
}

/** The cell as the template writes it. */
export function writeScoring(texts: readonly (string | undefined)[]): string | undefined {
  const told = texts.filter((text) => text !== undefined);
  return told.length > 0 ? told.join(`${DIVIDER} `) : undefined;
}
