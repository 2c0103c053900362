import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowsDistinct, feasibility } from '#bank/blueprint';
import type { Cell, PoolItem } from '#bank/protocol';
import { blueprintOf, itemId, listCell, matrixCell, poolItem, poolOf } from './pool.ts';

describe('feasibility', () => {
  test('names every short cell with what it needs and has', () => {
    const pool = [...poolOf(3, 'k'), ...poolOf(5, 'u', { level: 'UNDERSTAND' })];
    const report = feasibility(
      blueprintOf([
        matrixCell('c1', 4),
        matrixCell('c2', 5, { level: 'UNDERSTAND' }),
        matrixCell('c3', 2, { topic: 'T9' }),
      ]),
      pool,
    );
    expect(report.feasible).toBe(false);
    expect(report.cells).toEqual([
      { cell: 'c1', part: 0, need: 4, have: 3, missing: 1, rivals: [] },
      { cell: 'c2', part: 0, need: 5, have: 5, missing: 0, rivals: [] },
      { cell: 'c3', part: 0, need: 2, have: 0, missing: 2, rivals: [] },
    ]);
    expect(report.selections).toBe('0');
  });

  test('an item can be used once: cells that are each rich enough may be short together', () => {
    const pool = poolOf(6, 'k');
    const names = pool.map(({ item }) => item);
    const blueprint = blueprintOf([
      { ...listCell('list', 4, []), items: names } as Cell,
      matrixCell('c2', 4),
    ]);
    expect(feasibility(blueprint, pool).cells).toEqual([
      { cell: 'list', part: 0, need: 4, have: 6, missing: 0, rivals: [] },
      { cell: 'c2', part: 0, need: 4, have: 6, missing: 2, rivals: ['list'] },
    ]);
  });

  test('a matrix cell gives way where the list has no other items', () => {
    const pool = [poolItem('a'), poolItem('b'), poolItem('c')];
    const blueprint = blueprintOf([matrixCell('c1', 2), listCell('list', 1, ['a'])]);
    expect(feasibility(blueprint, pool)).toMatchObject({ feasible: true, exact: false });
  });

  test('descriptions fill nothing, not even where a list names them', () => {
    const pool = [poolItem('a', { kind: 'description', parts: [] }), poolItem('b')];
    const report = feasibility(blueprintOf([listCell('list', 2, ['a', 'b'])]), pool);
    expect(report.cells[0]).toMatchObject({ have: 1, missing: 1 });
  });

  test('counts the different choices of questions', () => {
    const report = feasibility(blueprintOf([matrixCell('c1', 10)]), poolOf(15, 'k'));
    expect(report).toMatchObject({ selections: '3003', exact: true });
    expect(allowsDistinct(report, 3003)).toBe(true);
    expect(allowsDistinct(report, 3004)).toBe(false);
    const twoParts = feasibility(blueprintOf([matrixCell('c1', 2)], [matrixCell('c2', 2)]), poolOf(5, 'k'));
    expect(twoParts).toMatchObject({ selections: '30', exact: true });
  });

  test('a bank of 10,000 items and 100 overlapping cells is judged within a second', () => {
    const pool = Array.from({ length: 10_000 }, (_, index) =>
      poolItem(`i${index}`, { topic: `T${index % 50}` }),
    );
    const cells = Array.from({ length: 50 }, (_, index) =>
      matrixCell(`m${index}`, 2, { topic: `T${index}` }),
    );
    const lists = Array.from({ length: 50 }, (_, index) =>
      listCell(
        `l${index}`,
        2,
        Array.from({ length: 30 }, (_, i) => `i${index * 31 + i}`),
      ),
    );
    expect(feasibility(blueprintOf([...cells, ...lists]), pool).feasible).toBe(true);
  });
});

test('the total shortage equals that of an exhaustive search, and rivals prove it', () => {
  const world = fc.record({
    lists: fc.array(
      fc.record({ count: fc.integer({ min: 1, max: 3 }), mask: fc.integer({ min: 1, max: 127 }) }),
      {
        minLength: 1,
        maxLength: 4,
      },
    ),
    items: fc.integer({ min: 1, max: 7 }),
  });
  fc.assert(
    fc.property(world, ({ lists, items }) => {
      const pool = Array.from({ length: items }, (_, index) => poolItem(`i${index}`));
      const cells = lists.map(({ count, mask }, index) =>
        listCell(
          `c${index}`,
          count,
          [0, 1, 2, 3, 4, 5, 6].filter((bit) => mask & (1 << bit)).map((bit) => `i${bit}`),
        ),
      );
      const report = feasibility(blueprintOf(cells), pool);
      const missing = report.cells.reduce((sum, cell) => sum + cell.missing, 0);
      const demand = cells.reduce((sum, cell) => sum + cell.count, 0);
      expect(missing).toBe(demand - mostServed(cells, pool));
      for (const short of report.cells.filter((cell) => cell.missing > 0)) {
        const group = [short.cell, ...short.rivals];
        const wanting = cells.filter((cell) => group.includes(cell.id));
        const reach = pool.filter(({ item }) =>
          wanting.some((cell) => 'items' in cell && cell.items.includes(item)),
        );
        expect(wanting.reduce((sum, cell) => sum + cell.count, 0)).toBeGreaterThan(reach.length);
      }
    }),
    { numRuns: 300 },
  );
});

/** The largest number of items that can be given out, by trying every choice for every item. */
function mostServed(cells: readonly Cell[], pool: readonly PoolItem[]): number {
  const left = cells.map((cell) => cell.count);
  const go = (index: number): number => {
    const item = pool[index];
    if (!item) return 0;
    let best = go(index + 1);
    cells.forEach((cell, at) => {
      if (!('items' in cell) || !cell.items.includes(itemId(item.item)) || (left[at] ?? 0) === 0) return;
      left[at] = (left[at] ?? 0) - 1;
      best = Math.max(best, 1 + go(index + 1));
      left[at] = (left[at] ?? 0) + 1;
    });
    return best;
  };
  return go(0);
}
