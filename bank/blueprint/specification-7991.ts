import type { MatrixRow } from '#bank/protocol';
import { officialInput, type MatrixSource } from './matrix-7991.ts';
import { groupFeet, levelHeads, matrixNotes, rowHeads, type MatrixInput } from './matrix-rows.ts';
import type { RowSums } from './matrix-sums.ts';
import { MATRIX_WORDS, OBJECTIVE_GROUPS, OFFICIAL_GROUPS } from './matrix-words.ts';
import { countText, type MatrixTable, type TableCell } from './table.ts';

/**
 * The specification (bản đặc tả) in the form of Công văn 7991/BGDĐT-GDTrH: with three levels sixteen columns, which are
 * number, chapter, unit, learning outcomes and twelve cells, each with the competences of its level below the count.
 */
export function specification7991(source: MatrixSource): MatrixTable {
  const input = officialInput(source);
  const { sums, scale } = input;
  const heads = rowHeads(sums.rows);
  return {
    widths: [4, 13, 16, 34, ...Array.from({ length: scale.length * OFFICIAL_GROUPS.length }, () => 5)],
    head: head(input),
    body: sums.rows.map((row, index) => [
      ...(heads[index] ?? []),
      { text: outcomeText(row.row, input), isText: true },
      ...cells(row, input),
    ]),
    foot: groupFeet(input, 4),
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
      { text: word('outcome'), rows: 4 },
      { text: word('countsByLevel'), columns: levels * OFFICIAL_GROUPS.length },
    ],
    [
      { text: word('objective'), columns: levels * OBJECTIVE_GROUPS },
      { text: essay?.name[language] ?? '', columns: levels, rows: 2 },
    ],
    OFFICIAL_GROUPS.slice(0, OBJECTIVE_GROUPS).map(({ name }) => ({ text: name[language], columns: levels })),
    levelHeads(scale, OFFICIAL_GROUPS.length),
  ];
}

/** Outcomes under the level that they are expected at, each with its code in front. */
function outcomeText({ outcomes = [] }: MatrixRow, { scale }: MatrixInput): string {
  return scale
    .flatMap(({ name, levels }) => {
      const mine = outcomes.filter(({ level }) => levels.includes(level));
      const lines = mine.map(({ code, text }) => `– ${code === undefined ? '' : `[${code}] `}${text}`);
      return mine.length > 0 ? [`${name}:`, ...lines] : [];
    })
    .join('\n');
}

function cells({ row, groups }: RowSums, { scale }: MatrixInput): TableCell[] {
  const competences = scale.map(({ levels }) => {
    const mine = (row.outcomes ?? []).filter(({ level }) => levels.includes(level));
    return [...new Set(mine.flatMap(({ competence }) => competence ?? []))].join(', ');
  });
  return groups.flatMap(({ levels }) =>
    levels.map(({ count }, level) => {
      const named = competences[level] ? `\n(${competences[level]})` : '';
      return { text: count === 0 ? '' : countText(count) + named };
    }),
  );
}
