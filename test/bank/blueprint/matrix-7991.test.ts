import { expect, test } from 'vitest';
import {
  assembledResponses,
  checkBlueprint,
  genericMatrix,
  LEVEL_SCALES,
  matrix7991,
  officialInput,
  periodShares,
  plannedResponses,
  scaleOf,
  specification7991,
  type MatrixSource,
  type MatrixTable,
  type TableCell,
} from '#bank/blueprint';
import type { Blueprint, Language } from '#bank/protocol';
import { PHYSICS_11 } from './physics-11.ts';
import { blueprintOf, listCell, matrixCell, poolItem } from './pool.ts';

function sourceOf(blueprint: Blueprint, language: Language = 'vi'): MatrixSource {
  return {
    counted: plannedResponses(blueprint),
    rows: blueprint.rows ?? [],
    scale: scaleOf(blueprint, language),
    language,
  };
}

/** Rows of a table on the grid of its columns: what a cell covers is `·`. */
function grid(rows: readonly TableCell[][], width: number): string[][] {
  const lines: string[][] = rows.map(() => []);
  rows.forEach((cells, at) => {
    const line = lines[at] ?? [];
    for (const { text, columns = 1, rows: down = 1 } of cells) {
      let column = 0;
      while (line[column] !== undefined) column++;
      for (let y = 0; y < down; y++)
        for (let x = 0; x < columns; x++) {
          const covered = lines[at + y];
          if (covered) covered[column + x] = x + y === 0 ? text : '·';
        }
    }
  });
  for (const line of lines) expect(line.length).toBe(width);
  return lines;
}

function whole({ widths, head, body, foot }: MatrixTable): string[][] {
  return [...grid(head, widths.length), ...grid(body, widths.length), ...grid(foot, widths.length)];
}

const line = (text: string): string[] => text.split('|').map((cell) => cell.trim());

test('the mid-term of Physics 11 is printed as the nineteen columns of Công văn 7991', () => {
  expect(checkBlueprint(PHYSICS_11, 1000)).toEqual([]);
  const table = matrix7991(sourceOf(PHYSICS_11));
  expect(table.widths).toHaveLength(19);
  expect(whole(table)).toEqual([
    line(
      'TT|Chủ đề/Chương|Nội dung/đơn vị kiến thức|Mức độ đánh giá|·|·|·|·|·|·|·|·|·|·|·|Tổng|·|·|Tỉ lệ % điểm',
    ),
    line('·|·|·|TNKQ|·|·|·|·|·|·|·|·|Tự luận|·|·|·|·|·|·'),
    line('·|·|·|Nhiều lựa chọn|·|·|Đúng – Sai|·|·|Trả lời ngắn|·|·|·|·|·|·|·|·|·'),
    line(
      '·|·|·|Biết|Hiểu|Vận dụng|Biết|Hiểu|Vận dụng|Biết|Hiểu|Vận dụng|Biết|Hiểu|Vận dụng|Biết|Hiểu|Vận dụng|·',
    ),
    line('1|Dao động||4|2||2|2|||1|1|1|||7|5|1|45'),
    line('2|Sóng|Mô tả sóng|2|1||2|2|||1||||1|4|4|1|32,5'),
    line('·|·|Sóng dừng|2|1||||||| 1|||1|2|1|2|22,5'),
    line('Tổng số câu/ý|·|·|8|4||4|4|||2|2|1||2|13|10|4|27'),
    line('Tổng số điểm|·|·|3,0|·|·|2,0|·|·|2,0|·|·|3,0|·|·|4,0|3,0|3,0|10,0'),
    line('Tỉ lệ %|·|·|30|·|·|20|·|·|20|·|·|30|·|·|40|30|30|100'),
  ]);
  expect(table.notes).toEqual(['Câu Đúng – Sai được đếm theo ý: mỗi câu bốn ý, mỗi ý một mức độ.']);
});

test('its strands have 4.50, 3.25 and 2.25 points, within five of the share of their periods', () => {
  const { sums } = officialInput(sourceOf(PHYSICS_11));
  expect(sums.rows.map(({ quarters }) => quarters / 4)).toEqual([450, 325, 225]);
  expect(sums.levels.map(({ quarters }) => quarters / 4)).toEqual([400, 300, 300]);
  expect(sums.groups.map(({ quarters }) => quarters / 4)).toEqual([300, 200, 200, 300]);
  expect(periodShares(sums)).toEqual([
    { topic: 'Dao động', periods: 500, points: 450, isFar: false },
    { topic: 'Mô tả sóng', periods: 300, points: 325, isFar: false },
    { topic: 'Sóng dừng', periods: 200, points: 225, isFar: false },
  ]);
});

test('a row whose points are more than five percentage points off its periods is told', () => {
  const rows = [
    { topic: 'A', periods: 10 },
    { topic: 'B', periods: 10 },
  ];
  const shares = (a: number) => {
    const cells = [matrixCell('a', a, { topic: 'A' }), matrixCell('b', 100 - a, { topic: 'B' })];
    return periodShares(officialInput(sourceOf({ ...blueprintOf(cells), rows })).sums);
  };
  expect(shares(55).map(({ isFar }) => isFar)).toEqual([false, false]);
  expect(shares(56).map(({ isFar }) => isFar)).toEqual([true, true]);
  expect(periodShares(officialInput(sourceOf(blueprintOf([matrixCell('a', 1)]))).sums)).toEqual([]);
});

test('the specification has sixteen columns, outcomes by level and competences below the counts', () => {
  const table = specification7991(sourceOf(PHYSICS_11));
  expect(table.widths).toHaveLength(16);
  const lines = whole(table);
  expect(lines[0]).toEqual(
    line(
      'TT|Chủ đề/Chương|Nội dung/đơn vị kiến thức|Yêu cầu cần đạt|Số câu hỏi ở các mức độ đánh giá|·|·|·|·|·|·|·|·|·|·|·',
    ),
  );
  expect(lines[4]).toEqual([
    '1',
    'Dao động',
    '',
    [
      'Biết:',
      '– [L11.1] Nêu được định nghĩa dao động điều hoà.',
      'Hiểu:',
      '– Mô tả được chuyển hoá năng lượng.',
      'Vận dụng:',
      '– Vận dụng được phương trình dao động.',
    ].join('\n'),
    '4\n(NT)',
    '2\n(NT)',
    '',
    '2\n(NT)',
    '2\n(NT)',
    '',
    '',
    '1\n(NT)',
    '1\n(VD)',
    '1\n(NT)',
    '',
    '',
  ]);
  expect(lines.slice(7)).toEqual([
    line('Tổng số câu/ý|·|·|·|8|4||4|4|||2|2|1||2'),
    line('Tổng số điểm|·|·|·|3,0|·|·|2,0|·|·|2,0|·|·|3,0|·|·'),
    line('Tỉ lệ %|·|·|·|30|·|·|20|·|·|20|·|·|30|·|·'),
  ]);
});

test('the generic matrix has only the kinds that are used, with periods and points at the side', () => {
  const cells = [
    matrixCell('a', 3, { level: 'UNDERSTAND' }),
    matrixCell('b', 1, { kind: 'matching', points: 50 }),
  ];
  const blueprint = { ...blueprintOf(cells), rows: [{ topic: 'T1', periods: 7 }] };
  expect(whole(genericMatrix(sourceOf(blueprint, 'en')))).toEqual([
    line('No.|Topic/chapter|Unit|Single choice|·|·|Matching|·|·|Periods|Points|% of points'),
    line('·|·|·|Know|Understand|Apply|Know|Understand|Apply|·|·|·'),
    line('1|T1|||3||1|||7|1.25|100'),
    line('Questions/statements|·|·||3||1|||7||'),
    line('Points|·|·|0.75|·|·|0.5|·|·||1.25|'),
    line('%|·|·|60|·|·|40|·|·|||100'),
  ]);
});

test('a blueprint with four levels is printed with them, or with three by the declared mapping', () => {
  const four = LEVEL_SCALES.find(({ id }) => id === 'vn-8773')?.columns.vi;
  const cells = [matrixCell('a', 6, { level: 'APPLY' }), matrixCell('b', 2, { level: 'APPLY_HIGH' })];
  const plain = blueprintOf(cells);
  expect(whole(matrix7991(sourceOf(plain)))[4]).toEqual(line('1|T1||||8||||||||||||8|100'));
  const table = matrix7991(sourceOf({ ...plain, scale: [...(four ?? [])] }));
  expect(table.widths).toHaveLength(24);
  expect(whole(table)[4]).toEqual(line('1|T1||||6|2|||||||||||||||6|2|100'));
});

test('of picked lists a plan knows only the number, and says so; an assembled paper knows all', () => {
  const blueprint = blueprintOf([matrixCell('a', 2), listCell('b', 2, ['p', 'q', 'r'])]);
  const planned = matrix7991(sourceOf(blueprint));
  expect(planned.notes).toEqual([
    'Ngoài ra đề rút 2 câu (0,5 điểm) từ danh sách chọn sẵn; chủ đề và mức độ của chúng chỉ biết khi đề đã lập.',
  ]);
  expect(planned.foot[1]?.at(-1)?.text).toBe('1,0');
  const items = [
    poolItem('a1'),
    poolItem('a2'),
    poolItem('p', { topic: 'T2', level: 'APPLY' }),
    poolItem('q', {
      topic: 'T2',
      kind: 'tfCluster',
      statementLevels: ['APPLY', 'KNOW', 'KNOW', 'UNDERSTAND'],
    }),
  ];
  const slots = [
    { item: 'read', cell: null, points: 0 },
    ...items.map(({ item }) => ({ item, cell: 'x', points: 25 })),
  ];
  const counted = assembledResponses(slots, new Map(items.map((item) => [item.item, item])));
  const lines = whole(matrix7991({ ...sourceOf(blueprint), counted }));
  expect(lines.slice(4, 8)).toEqual([
    line('1|T1||2||||||||||||2|||50'),
    line('2|T2||||1|2|1|1|||||||2|1|2|50'),
    line('Tổng số câu/ý|·|·|2||1|2|1|1|||||||4|1|2|7'),
    line('Tổng số điểm|·|·|0,75|·|·|0,25|·|·|0,0|·|·|0,0|·|·|0,625|0,0625|0,3125|1,0'),
  ]);
});
