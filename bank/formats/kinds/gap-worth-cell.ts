import { gapWorthText, parseGapWorth, type GapWorth } from '#bank/item';
import type { QuestionCells } from '../question-cells.ts';
import { readScoring, type ScoringWord } from './scoring-cell.ts';

/** Words of the scoring cell, and the shares of gaps between them: `a=1/3; b=2/3; sai=-1/3`. */
export function readGapWorth<Id extends string>(
  cells: QuestionCells,
  words: Readonly<Record<Id, ScoringWord>>,
): { rules: Id[]; worth: GapWorth } {
  const pieces: string[] = [];
  const isWorth = (text: string): boolean => {
    pieces.push(text);
    return parseGapWorth(text) !== null;
  };
  const rules = readScoring(cells, words, isWorth).map(({ id }) => id);
  return { rules, worth: parseGapWorth(pieces.join(';')) ?? {} };
}

/** The shares as the cell has them, with gaps called by these names. */
export function writeGapWorth(worth: GapWorth, names: ReadonlyMap<string, string>): string[] {
  const weights = Object.entries(worth.weights ?? {}).map(([gap, weight]) => [names.get(gap) ?? gap, weight]);
  const text = gapWorthText({ ...worth, ...(worth.weights && { weights: Object.fromEntries(weights) }) });
  return text === '' ? [] : [text];
}
