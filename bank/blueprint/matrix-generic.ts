import type { MatrixSource } from './matrix-7991.ts';
import { countCells, groupFeet, levelHeads, matrixNotes, rowHeads, type MatrixInput } from './matrix-rows.ts';
import { sumMatrix, type RowSums } from './matrix-sums.ts';
import { KIND_GROUPS, MATRIX_WORDS, type KindGroup } from './matrix-words.ts';
import { percentText, pointsText, type MatrixTable, type TableCell } from './table.ts';

/** Topics down, every kind that is used by level across; periods, points and percentages at the side. */
export function genericMatrix({ counted, rows, scale, language }: MatrixSource): MatrixTable {
  const groups = KIND_GROUPS.filter(({ kinds }) =>
    counted.responses.some(({ kind }) => kinds.includes(kind)),
  );
  const kinds = groups.map((group) => group.kinds);
  const input: MatrixInput = { sums: sumMatrix(counted, rows, scale, kinds), scale, language };
  const { sums } = input;
  const heads = rowHeads(sums.rows);
  return {
    widths: [4, 16, 20, ...Array.from({ length: scale.length * groups.length }, () => 6), 6, 6, 6],
    head: head(input, groups),
    body: sums.rows.map((row, index) => [...(heads[index] ?? []), ...countCells(row), ...margin(row, input)]),
    foot: feet(input),
    notes: matrixNotes(
      input,
      counted.responses.some(({ kind }) => kind === 'tfCluster'),
    ),
  };
}

function head({ scale, language }: MatrixInput, groups: readonly KindGroup[]): TableCell[][] {
  const word = (name: keyof typeof MATRIX_WORDS): TableCell => ({
    text: MATRIX_WORDS[name][language],
    rows: 2,
  });
  return [
    [
      word('number'),
      word('chapter'),
      word('unit'),
      ...groups.map(({ name }) => ({ text: name[language], columns: scale.length })),
      word('periods'),
      word('points'),
      word('percentOfPoints'),
    ],
    levelHeads(scale, groups.length),
  ];
}

function margin({ row, quarters }: RowSums, { sums, language }: MatrixInput): TableCell[] {
  return [
    { text: row.periods === undefined ? '' : String(row.periods) },
    { text: pointsText(quarters, language) },
    { text: percentText(quarters, sums.quarters, language) },
  ];
}

function feet(input: MatrixInput): TableCell[][] {
  const { sums, language } = input;
  const [counts = [], points = [], percents = []] = groupFeet(input, 3);
  const periods = sums.rows.reduce((sum, { row }) => sum + (row.periods ?? 0), 0);
  return [
    [...counts, { text: periods === 0 ? '' : String(periods) }, { text: '' }, { text: '' }],
    [...points, { text: '' }, { text: pointsText(sums.quarters, language) }, { text: '' }],
    [...percents, { text: '' }, { text: '' }, { text: '100' }],
  ];
}
