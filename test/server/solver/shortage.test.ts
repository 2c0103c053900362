import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FormTask } from '#bank/assembly';
import type { Blueprint, PoolItem } from '#bank/protocol';
import { enemyProblems, findShortage } from '#server/solver';
import { sentencesOf } from '../../support/refusal.ts';

const item = (id: string, changes: Partial<PoolItem> = {}): PoolItem => ({
  item: id,
  version: 1,
  topic: 'Sóng',
  level: 'APPLY',
  kind: 'numeric',
  parts: [],
  pinned: [],
  ...changes,
});

/** The least total of what is missed, by trying every choice of items for every cell. */
function leastByTrying({ pool, cells, quotas = [] }: FormTask): number {
  let least = Infinity;
  const chosen: { item: PoolItem; cell: number }[] = [];
  const fits = (one: PoolItem, cell: number): boolean => cells[cell]?.items?.includes(one.item) ?? false;
  const miss = (): number => {
    const cellMiss = cells.reduce(
      (sum, { count }, at) => sum + count - chosen.filter(({ cell }) => cell === at).length,
      0,
    );
    const quotaMiss = quotas.reduce((sum, { least, most, items = [] }) => {
      const count = chosen.filter((one) => items.includes(one.item.item)).length;
      return sum + Math.max(0, least - count) + Math.max(0, count - most);
    }, 0);
    return cellMiss + quotaMiss;
  };
  const tryFrom = (at: number): void => {
    const one = pool[at];
    if (!one) {
      least = Math.min(least, miss());
      return;
    }
    tryFrom(at + 1);
    for (const cell of cells.keys()) {
      const isFull = chosen.filter((other) => other.cell === cell).length === cells[cell]?.count;
      const meets = chosen.some((other) => other.item.enemies?.some((set) => one.enemies?.includes(set)));
      if (isFull || meets || !fits(one, cell)) continue;
      chosen.push({ item: one, cell });
      tryFrom(at + 1);
      chosen.pop();
    }
  };
  tryFrom(0);
  return least;
}

/** Lists of a few items, of which some have enemies, and margins across them. */
const tasks: fc.Arbitrary<FormTask> = fc.integer({ min: 1, max: 6 }).chain((size) => {
  const ids = Array.from({ length: size }, (_, index) => `i${index}`);
  const items = fc.subarray(ids, { minLength: 1 });
  return fc.record({
    pool: fc.tuple(
      ...ids.map((id) =>
        fc.subarray(['A', 'B']).map((enemies) => item(id, enemies.length > 0 ? { enemies } : {})),
      ),
    ),
    cells: fc.tuple(
      ...['a', 'b'].map((id) =>
        fc.record({
          id: fc.constant(id),
          count: fc.integer({ min: 1, max: 3 }),
          items,
          points: fc.constant(25),
        }),
      ),
    ),
    quotas: fc.array(
      fc.record({
        id: fc.constant('q'),
        items,
        least: fc.integer({ min: 0, max: 2 }),
        most: fc.integer({ min: 2, max: 3 }),
      }),
      { maxLength: 1 },
    ),
  });
});

describe('the shortage of a form', () => {
  it('is the least that must be given up, as trying everything finds', async () => {
    await fc.assert(
      fc.asyncProperty(tasks, async (task) => {
        const { total, cells, quotas } = await findShortage(task);
        expect(total).toBe(leastByTrying(task));
        const named = cells.reduce((sum, { missing }) => sum + missing, 0);
        const margins = quotas.reduce((sum, { missing, surplus }) => sum + missing + surplus, 0);
        expect(named + margins).toBe(total);
      }),
      { numRuns: 20 },
    );
  });

  it('stands at the later cell, with the cell that uses its items', async () => {
    const pool = [item('1'), item('2')];
    const cells = ['a', 'b'].map((id) => ({ id, count: 2, points: 25, topic: 'Sóng' }));
    expect((await findShortage({ pool, cells })).cells).toEqual([
      { cell: 'b', need: 2, have: 2, missing: 2, blocked: [], rivals: ['a'] },
    ]);
  });

  it('names the margin that cannot be met', async () => {
    const pool = [item('1'), item('2'), item('3', { level: 'KNOW' })];
    const cells = [{ id: 'a', count: 2, points: 25 }];
    const quotas = [{ id: 'easy', level: 'KNOW' as const, least: 2, most: 2 }];
    expect(await findShortage({ pool, cells, quotas })).toEqual({
      total: 1,
      cells: [],
      quotas: [{ quota: 'easy', missing: 1, surplus: 0 }],
    });
  });
});

describe('a blueprint that enemies make impossible', () => {
  const blueprint: Blueprint = {
    parts: [
      {
        title: 'III',
        cells: [
          { id: 'c1', count: 1, points: 25, topic: 'Sóng', level: 'KNOW', kind: 'numeric' },
          { id: 'c2', count: 2, points: 25, topic: 'Sóng', level: 'APPLY', kind: 'numeric' },
        ],
      },
    ],
  };

  it('is told by its stratum and the set, in both languages', async () => {
    const pool = [item('1', { level: 'KNOW', enemies: ['E17'] }), item('2', { enemies: ['E17'] }), item('3')];
    const [problem] = await enemyProblems(blueprint, pool);
    expect(problem).toMatchObject({
      code: 'blueprint-enemies',
      values: { cell: 'c2', need: 2, have: 2, missing: 1, blocked: 1, sets: 'E17', list: 'c2 1/2' },
    });
    const { vi, en } = sentencesOf('blueprint-enemies', problem?.values ?? {});
    expect(vi).toContain(
      'Ô Sóng × Vận dụng × Trả lời số cần 2 câu, có 2, trong đó 1 câu bị nhóm loại trừ E17 chặn',
    );
    expect(en).toContain(
      'Sóng × Apply × Numeric needs 2 questions and has 2, of which 1 are blocked by enemy set E17',
    );
  });

  it('is none when a question outside the set is there', async () => {
    const pool = [
      item('1', { level: 'KNOW', enemies: ['E17'] }),
      item('2', { enemies: ['E17'] }),
      item('3'),
      item('4'),
    ];
    expect(await enemyProblems(blueprint, pool)).toEqual([]);
  });

  it('takes clusters by the levels of their statements where a cell asks for them', async () => {
    const levels: PoolItem['level'][] = ['KNOW', 'KNOW', 'UNDERSTAND', 'UNDERSTAND'];
    const statements: Partial<PoolItem> = { kind: 'tfCluster', statementLevels: levels };
    const pool = [item('a', statements), item('b', { ...statements, enemies: ['E1'] })];
    const cell = {
      id: 'c',
      count: 2,
      points: 100,
      topic: 'Sóng',
      level: 'UNDERSTAND',
      kind: 'tfCluster',
    } as const;
    const asking: Blueprint = {
      parts: [{ title: 'I', cells: [{ ...cell, statements: levels.toReversed() }] }],
    };
    expect(await enemyProblems(asking, pool)).toEqual([]);
    const other: Blueprint = {
      parts: [{ title: 'I', cells: [{ ...cell, statements: levels.slice(0, 3) }] }],
    };
    expect(await enemyProblems(other, pool)).toHaveLength(1);
  });
});
