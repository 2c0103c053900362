import type { Blueprint, ItemKindName, Level, MatrixCell, MatrixRow } from '#bank/protocol';

/**
 * The mid-term of Physics 11 in research/vietnam-exam-domain.md §8 A: single choice 3, true/false 2, short answer 2 and
 * essay 3 points; levels 4/3/3; three strands that were taught 50, 30 and 20 % of the periods.
 */
const ROWS: MatrixRow[] = [
  {
    topic: 'Dao động',
    periods: 10,
    outcomes: [
      { level: 'KNOW', text: 'Nêu được định nghĩa dao động điều hoà.', code: 'L11.1', competence: 'NT' },
      { level: 'UNDERSTAND', text: 'Mô tả được chuyển hoá năng lượng.', competence: 'NT' },
      { level: 'APPLY', text: 'Vận dụng được phương trình dao động.', competence: 'VD' },
    ],
  },
  { topic: 'Mô tả sóng', chapter: 'Sóng', unit: 'Mô tả sóng', periods: 6 },
  { topic: 'Sóng dừng', chapter: 'Sóng', unit: 'Sóng dừng', periods: 4 },
];

function cells(
  kind: ItemKindName,
  points: number,
  ...list: [topic: string, level: Level, count: number, statements?: Level[]][]
): MatrixCell[] {
  return list.map(([topic, level, count, statements], index) => ({
    id: `${kind}.${index + 1}`,
    count,
    points,
    topic,
    level,
    kind,
    ...(statements && { statements }),
  }));
}

const HALVES: Level[] = ['KNOW', 'KNOW', 'UNDERSTAND', 'UNDERSTAND'];

export const PHYSICS_11: Blueprint = {
  format: 'truong-45-3223',
  rows: ROWS,
  parts: [
    {
      title: 'Phần I',
      cells: cells(
        'choice',
        25,
        ['Dao động', 'KNOW', 4],
        ['Dao động', 'UNDERSTAND', 2],
        ['Mô tả sóng', 'KNOW', 2],
        ['Mô tả sóng', 'UNDERSTAND', 1],
        ['Sóng dừng', 'KNOW', 2],
        ['Sóng dừng', 'UNDERSTAND', 1],
      ),
    },
    {
      title: 'Phần II',
      cells: cells(
        'tfCluster',
        100,
        ['Dao động', 'UNDERSTAND', 1, HALVES],
        ['Mô tả sóng', 'UNDERSTAND', 1, HALVES],
      ),
    },
    {
      title: 'Phần III',
      cells: cells(
        'numeric',
        50,
        ['Dao động', 'UNDERSTAND', 1],
        ['Dao động', 'APPLY', 1],
        ['Mô tả sóng', 'UNDERSTAND', 1],
        ['Sóng dừng', 'APPLY', 1],
      ),
    },
    {
      title: 'Phần IV',
      cells: cells(
        'essay',
        100,
        ['Dao động', 'KNOW', 1],
        ['Mô tả sóng', 'APPLY_HIGH', 1],
        ['Sóng dừng', 'APPLY', 1],
      ),
    },
  ],
};
