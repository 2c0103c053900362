import { expect, test } from 'vitest';
import { matrixView } from '#bank/blueprint';
import { blueprintOf, listCell, matrixCell } from './pool.ts';

test('the printed matrix has topics down, kind and level across, and sums that agree', () => {
  const view = matrixView(
    blueprintOf(
      [
        matrixCell('c1', 4, { topic: 'Dao động' }),
        matrixCell('c2', 2, { topic: 'Sóng', level: 'APPLY' }),
        matrixCell('c3', 1, { topic: 'Dao động', kind: 'tfCluster', level: 'UNDERSTAND', points: 100 }),
      ],
      [matrixCell('c4', 1, { topic: 'Dao động', points: 50 }), listCell('c5', 2, ['a', 'b', 'c'])],
    ),
  );
  expect(view.columns).toEqual([
    { kind: 'choice', level: 'KNOW', count: 5, points: 150 },
    { kind: 'choice', level: 'APPLY', count: 2, points: 50 },
    { kind: 'tfCluster', level: 'UNDERSTAND', count: 1, points: 100 },
  ]);
  expect(view.rows).toEqual([
    {
      topic: 'Dao động',
      count: 6,
      points: 250,
      entries: [
        { count: 5, points: 150, cells: ['c1', 'c4'] },
        null,
        { count: 1, points: 100, cells: ['c3'] },
      ],
    },
    { topic: 'Sóng', count: 2, points: 50, entries: [null, { count: 2, points: 50, cells: ['c2'] }, null] },
  ]);
  expect(view.lists).toEqual([{ cell: 'c5', from: 3, count: 2, points: 50 }]);
  expect([view.count, view.points]).toEqual([10, 350]);
});
