import type { Language, ScaleColumn } from '#bank/protocol';
import { chapterOf, unitOf, type LevelAmounts, type MatrixSums, type RowSums } from './matrix-sums.ts';
import { MATRIX_WORDS } from './matrix-words.ts';
import { countText, percentText, pointsText, type TableCell } from './table.ts';

/** What every form of the matrix is made from. */
export interface MatrixInput {
  sums: MatrixSums;
  scale: readonly ScaleColumn[];
  language: Language;
}

/** Counts of a row in all its cells, group by group. */
export function countCells({ groups }: { groups: readonly LevelAmounts[] }): TableCell[] {
  return groups.flatMap(({ levels }) => levels.map(({ count }) => ({ text: countText(count) })));
}

/** Names of the levels, once for each group. */
export function levelHeads(scale: readonly ScaleColumn[], groups: number): TableCell[] {
  return Array.from({ length: groups }, () => scale.map(({ name }) => ({ text: name }))).flat();
}

/** Number and chapter of each row, which cover all rows of the chapter, and its unit. */
export function rowHeads(rows: readonly RowSums[]): TableCell[][] {
  let number = 0;
  return rows.map(({ row }, index) => {
    const chapter = chapterOf(row);
    const unit = { text: unitOf(row), isText: true };
    const before = rows[index - 1];
    if (before && chapterOf(before.row) === chapter) return [unit];
    const span = rows.filter((one) => chapterOf(one.row) === chapter).length;
    number++;
    return [
      { text: String(number), ...covering(span) },
      { text: chapter, isText: true, ...covering(span) },
      unit,
    ];
  });
}

function covering(rows: number): { rows?: number } {
  return rows > 1 ? { rows } : {};
}

/** The three rows below every matrix: responses, points and percentages of each type. */
export function groupFeet({ sums, scale, language }: MatrixInput, lead: number): TableCell[][] {
  const label = (word: keyof typeof MATRIX_WORDS): TableCell => ({
    text: MATRIX_WORDS[word][language],
    columns: lead,
    isText: true,
  });
  const perGroup = (text: (quarters: number) => string): TableCell[] =>
    sums.groups.map(({ quarters }) => ({ text: text(quarters), columns: scale.length }));
  return [
    [label('totalCount'), ...countCells(sums)],
    [label('totalPoints'), ...perGroup((quarters) => pointsText(quarters, language))],
    [label('percent'), ...perGroup((quarters) => percentText(quarters, sums.quarters, language))],
  ];
}

/** What readers of the counts must know. */
export function matrixNotes({ sums, language }: MatrixInput, hasClusters: boolean): string[] {
  const { count, quarters } = sums.unplaced;
  const unplaced = MATRIX_WORDS.unplacedNote[language]
    .replace('{count}', String(count))
    .replace('{points}', pointsText(quarters, language));
  return [...(hasClusters ? [MATRIX_WORDS.statementNote[language]] : []), ...(count > 0 ? [unplaced] : [])];
}
