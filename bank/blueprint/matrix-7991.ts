import type { Language, MatrixRow, ScaleColumn } from '#bank/protocol';
import { countCells, groupFeet, levelHeads, matrixNotes, rowHeads, type MatrixInput } from './matrix-rows.ts';
import { sumMatrix, type RowSums } from './matrix-sums.ts';
import { MATRIX_WORDS, OBJECTIVE_GROUPS, OFFICIAL_GROUPS } from './matrix-words.ts';
import type { Counted } from './responses.ts';
import { countText, percentText, pointsText, type MatrixTable, type TableCell } from './table.ts';

/** What a printed matrix shows, and how. */
export interface MatrixSource {
  counted: Counted;
  rows: readonly MatrixRow[];
  scale: readonly ScaleColumn[];
  language: Language;
}

/** Sums under the four types of the official matrix. */
export function officialInput({ counted, rows, scale, language }: MatrixSource): MatrixInput {
  const groups = OFFICIAL_GROUPS.map(({ kinds }) => kinds);
  return { sums: sumMatrix(counted, rows, scale, groups), scale, language };
}

/**
 * The matrix in the form of Công văn 7991/BGDĐT-GDTrH: with three levels nineteen columns, which are number, chapter,
 * unit, twelve cells of type and level, three sums by level and the percentage of points.
 */
export function matrix7991(source: MatrixSource): MatrixTable {
  const input = officialInput(source);
  const { sums, scale } = input;
  const heads = rowHeads(sums.rows);
  return {
    widths: [4, 14, 18, ...Array.from({ length: scale.length * 5 }, () => 5), 7],
    head: head(input),
    body: sums.rows.map((row, index) => [
      ...(heads[index] ?? []),
      ...countCells(row),
      ...levelSums(row, input),
    ]),
    foot: feet(input),
    notes: matrixNotes(input, (sums.groups[1]?.count ?? 0) > 0),
  };
}

function head({ scale, language }: MatrixInput): TableCell[][] {
  const word = (name: keyof typeof MATRIX_WORDS): string => MATRIX_WORDS[name][language];
  const levels = scale.length;
  const [essay] = OFFICIAL_GROUPS.slice(OBJECTIVE_GROUPS);
  return [
    [
      { text: word('number'), rows: 4 },
      { text: word('chapter'), rows: 4 },
      { text: word('unit'), rows: 4 },
      { text: word('levels'), columns: levels * OFFICIAL_GROUPS.length },
      { text: word('sum'), columns: levels, rows: 3 },
      { text: word('percentOfPoints'), rows: 4 },
    ],
    [
      { text: word('objective'), columns: levels * OBJECTIVE_GROUPS },
      { text: essay?.name[language] ?? '', columns: levels, rows: 2 },
    ],
    OFFICIAL_GROUPS.slice(0, OBJECTIVE_GROUPS).map(({ name }) => ({ text: name[language], columns: levels })),
    levelHeads(scale, OFFICIAL_GROUPS.length + 1),
  ];
}

function levelSums({ levels, quarters }: RowSums, { sums, language }: MatrixInput): TableCell[] {
  return [
    ...levels.map(({ count }) => ({ text: countText(count) })),
    { text: percentText(quarters, sums.quarters, language) },
  ];
}

function feet(input: MatrixInput): TableCell[][] {
  const { sums, language } = input;
  const [counts = [], points = [], percents = []] = groupFeet(input, 3);
  return [
    [
      ...counts,
      ...sums.levels.map(({ count }) => ({ text: countText(count) })),
      { text: String(sums.count) },
    ],
    [
      ...points,
      ...sums.levels.map(({ quarters }) => ({ text: pointsText(quarters, language) })),
      { text: pointsText(sums.quarters, language) },
    ],
    [
      ...percents,
      ...sums.levels.map(({ quarters }) => ({ text: percentText(quarters, sums.quarters, language) })),
      { text: '100' },
    ],
  ];
}
