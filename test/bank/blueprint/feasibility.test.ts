import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowsDistinct, feasibility, targetProblems } from '#bank/blueprint';
import type { Blueprint, Cell, PoolItem } from '#bank/protocol';
import { blueprintOf, itemId, listCell, matrixCell, poolItem, poolOf } from './pool.ts';

const NONE = { status: 0, review: 0, embargo: 0, lastUse: 0, exposure: 0, enemies: 0 };

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
      { cell: 'c1', part: 0, need: 4, have: 3, missing: 1, rivals: [], blocked: NONE },
      { cell: 'c2', part: 0, need: 5, have: 5, missing: 0, rivals: [], blocked: NONE },
      { cell: 'c3', part: 0, need: 2, have: 0, missing: 2, rivals: [], blocked: NONE },
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
      { cell: 'list', part: 0, need: 4, have: 6, missing: 0, rivals: [], blocked: NONE },
      { cell: 'c2', part: 0, need: 4, have: 6, missing: 2, rivals: ['list'], blocked: NONE },
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

describe('what keeps items off a paper', () => {
  test('is told by its reason: not approved, not reviewed, held by days or use, enemies of others', () => {
    const pool = [...poolOf(2, 'k'), ...poolOf(4, 'e', { enemies: ['x'] })];
    const blocked = {
      status: poolOf(5, 's'),
      embargo: poolOf(2, 'u'),
      lastUse: poolOf(4, 'l'),
      exposure: poolOf(1, 'x'),
      review: [...poolOf(3, 'r'), poolItem('o', { topic: 'T2' })],
    };
    const report = feasibility(blueprintOf([matrixCell('c1', 4)]), pool, blocked);
    expect(report.cells).toEqual([
      {
        cell: 'c1',
        part: 0,
        need: 4,
        have: 6,
        missing: 0,
        rivals: [],
        blocked: { ...NONE, status: 5, review: 3, embargo: 2, lastUse: 4, exposure: 1, enemies: 3 },
      },
    ]);
    expect(report.feasible).toBe(false);
    expect(feasibility(blueprintOf([matrixCell('c1', 3)]), pool, blocked).feasible).toBe(true);
  });

  test('no paper takes more of a cell than is called usable', () => {
    const set = fc.constantFrom('x', 'y', 'z');
    const sets = fc.array(fc.uniqueArray(set, { maxLength: 2 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(sets, (enemies) => {
        const pool = enemies.map((names, index) => poolItem(`i${index}`, { enemies: names }));
        const [cell] = feasibility(blueprintOf([matrixCell('c1', 1)]), pool).cells;
        const most = Math.max(
          ...subsets(pool)
            .filter((some) =>
              some.every((one, at) => some.slice(at + 1).every((two) => arePeaceful(one, two))),
            )
            .map((some) => some.length),
        );
        expect((cell?.have ?? 0) - (cell?.blocked.enemies ?? 0)).toBeGreaterThanOrEqual(most);
      }),
    );
  });
});

function subsets<T>(list: readonly T[]): T[][] {
  return list.reduce<T[][]>((all, one) => [...all, ...all.map((some) => [...some, one])], [[]]);
}

function arePeaceful(one: PoolItem, two: PoolItem): boolean {
  return !one.enemies?.some((name) => two.enemies?.includes(name));
}

describe('what papers can be', () => {
  test('expected score and time lie between the sums of the easiest and hardest, quickest and slowest', () => {
    const pool = [100, 900, 500].map((facility, index) =>
      poolItem(`i${index}`, { facility, seconds: (index + 1) * 30 }),
    );
    const blueprint = blueprintOf([matrixCell('c1', 2, { points: 50 })]);
    expect(feasibility(blueprint, pool).reach).toEqual({
      score: { min: 50 * 600, max: 50 * 1400 },
      seconds: { min: 90, max: 150 },
    });
    const untimed = feasibility(blueprint, [...pool, poolItem('new')]);
    expect(untimed.reach).toEqual({ score: { min: 50 * 600, max: 50 * 1700 } });
    expect(feasibility(blueprint, pool.slice(2)).reach).toBeUndefined();
  });

  test('every selection stays within the bounds', () => {
    const items = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 3, maxLength: 7 });
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 3 }), (facilities, count) => {
        const pool = facilities.map((facility, index) => poolItem(`i${index}`, { facility }));
        const { reach } = feasibility(blueprintOf([matrixCell('c1', count, { points: 1 })]), pool);
        const sums = subsets(pool)
          .filter((some) => some.length === count)
          .map((some) => some.reduce((sum, { facility = 0 }) => sum + facility, 0));
        expect(reach?.score).toEqual({ min: Math.min(...sums), max: Math.max(...sums) });
      }),
    );
  });

  test('a target that no paper meets is a problem, with what can be reached', () => {
    const pool = poolOf(4, 'k', { facility: 800, seconds: 60 });
    const plain = blueprintOf([matrixCell('c1', 2)]);
    const { reach } = feasibility(plain, pool);
    const problems = (targets: Blueprint['targets']) =>
      targetProblems({ ...plain, ...(targets && { targets }) }, reach);
    expect(problems(undefined)).toEqual([]);
    expect(problems({ facility: { min: 700, max: 800 }, seconds: { min: 0, max: 120 } })).toEqual([]);
    expect(problems({ facility: { min: 500, max: 700 }, seconds: { min: 180, max: 240 } })).toEqual([
      { code: 'blueprint-target-facility', values: { min: 50, max: 70, from: 80, to: 80 } },
      { code: 'blueprint-target-seconds', values: { min: 3, max: 4, from: 2, to: 2 } },
    ]);
  });

  test('tells how many papers can have nothing in common', () => {
    const pool = [...poolOf(9, 'k'), ...poolOf(7, 'u', { level: 'UNDERSTAND' })];
    const cells = [matrixCell('c1', 2), matrixCell('c2', 2, { level: 'UNDERSTAND' })];
    expect(feasibility(blueprintOf(cells), pool).disjointPapers).toBe(3);
    expect(feasibility(blueprintOf([matrixCell('c1', 2)], [matrixCell('c2', 2)]), pool).disjointPapers).toBe(
      2,
    );
    expect(feasibility(blueprintOf([matrixCell('c1', 10)]), pool).disjointPapers).toBe(0);
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
