import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  algorithmFor,
  dealAll,
  dealCards,
  drawPaper,
  drawPlan,
  paperSeed,
  snapshotOf,
  type DrawnPaper,
  type PaperSlot,
} from '#bank/assembly';
import { placedCells, totalPoints } from '#bank/blueprint';
import { DomainError, type Blueprint, type PoolItem } from '#bank/protocol';
import { blueprintOf, itemId, listCell, matrixCell, poolItem, poolOf } from '../blueprint/pool.ts';

const SEED = new Uint8Array(32).fill(3);

function dealt(blueprint: Blueprint, pool: readonly PoolItem[], papers: number): DrawnPaper[] {
  const plan = drawPlan(blueprint, snapshotOf(blueprint, pool));
  const attempts = Array.from({ length: papers }, (_, index) => itemId(`a${String(index).padStart(5, '0')}`));
  return [...dealAll(plan, dealCards(plan, SEED, 'exam', papers).cards, SEED, 'exam', attempts)];
}

function questionsOf({ paper }: DrawnPaper): PaperSlot[] {
  return paper.slots.filter(({ cell }) => cell !== null);
}

/** Hundredths × thousandths. */
function expectedScore(drawn: DrawnPaper, pool: readonly PoolItem[]): number {
  const facility = new Map(pool.map((item) => [item.item, item.facility ?? 0]));
  return questionsOf(drawn).reduce((sum, { item, points }) => sum + points * (facility.get(item) ?? 0), 0);
}

/** What a paper of equally frequent items is expected to bring. */
function meanScore(blueprint: Blueprint, pool: readonly PoolItem[]): number {
  return placedCells(blueprint).reduce((sum, { cell }) => {
    const mine = pool.filter((item) => 'topic' in cell && item.topic === cell.topic);
    const facilities = mine.reduce((all, { facility = 0 }) => all + facility, 0);
    return sum + (cell.points * cell.count * facilities) / mine.length;
  }, 0);
}

/** Topics of so many items, of which a paper takes so many; facilities and times of every kind. */
const exam = fc
  .array(fc.record({ size: fc.integer({ min: 12, max: 30 }), count: fc.integer({ min: 1, max: 6 }) }), {
    minLength: 2,
    maxLength: 5,
  })
  .chain((topics) => {
    const sizes = topics.reduce((sum, { size }) => sum + size, 0);
    return fc.record({
      topics: fc.constant(topics),
      facilities: fc.array(fc.integer({ min: 200, max: 900 }), { minLength: sizes, maxLength: sizes }),
      papers: fc.integer({ min: 1, max: 60 }),
    });
  })
  .map(({ topics, facilities, papers }) => {
    const values = facilities.values();
    const pool = topics.flatMap(({ size }, topic) =>
      poolOf(size, `t${topic}x`, { topic: `T${topic}` }).map((item) => ({
        ...item,
        facility: Number(values.next().value),
      })),
    );
    const cells = topics.map(({ count }, topic) => matrixCell(`c${topic}`, count, { topic: `T${topic}` }));
    return { pool, blueprint: blueprintOf(cells), papers };
  });

describe('dealt papers', () => {
  test('fill the blueprint and use every item of a cell equally often, give or take one', () => {
    fc.assert(
      fc.property(exam, ({ pool, blueprint, papers }) => {
        const all = dealt(blueprint, pool, papers);
        const used = new Map<string, number>();
        for (const drawn of all) {
          const questions = questionsOf(drawn);
          expect(new Set(questions.map(({ item }) => item)).size).toBe(questions.length);
          expect(questions.reduce((sum, { points }) => sum + points, 0)).toBe(totalPoints(blueprint));
          for (const { item } of questions) used.set(item, (used.get(item) ?? 0) + 1);
        }
        for (const { cell } of placedCells(blueprint)) {
          const mine = pool.filter((item) => 'topic' in cell && item.topic === cell.topic);
          const uses = mine.map(({ item }) => used.get(item) ?? 0);
          expect(uses.reduce((sum, one) => sum + one, 0)).toBe(cell.count * papers);
          expect(Math.max(...uses) - Math.min(...uses)).toBeLessThanOrEqual(1);
        }
        expect(new Set(all.map(({ paperHash }) => paperHash)).size).toBe(papers);
      }),
      { numRuns: 150 },
    );
  });

  test('lie within half a per cent of the points around the mean of the bank, and of its time', () => {
    const pool = poolOf(120, 'k').map((item, index) => ({
      ...item,
      facility: 300 + ((index * 37) % 500),
      seconds: 40 + ((index * 53) % 90),
    }));
    const blueprint = blueprintOf([matrixCell('c1', 40)]);
    const mean = pool.reduce((sum, { facility }) => sum + facility, 0) / 3;
    const meanSeconds = pool.reduce((sum, { seconds }) => sum + seconds, 0) / 3;
    for (const drawn of dealt(blueprint, pool, 200)) {
      expect(Math.abs(expectedScore(drawn, pool) - mean * 25)).toBeLessThanOrEqual(5000);
      const seconds = questionsOf(drawn).map(
        ({ item }) => pool.find((one) => one.item === item)?.seconds ?? 0,
      );
      const sum = seconds.reduce((all, one) => all + one, 0);
      expect(Math.abs(sum - meanSeconds)).toBeLessThanOrEqual(meanSeconds / 20);
    }
  });

  test('are as near as a doubled band says where the bank allows no nearer', () => {
    const pool = [
      poolItem('a', { topic: 'T0', facility: 200 }),
      poolItem('b', { topic: 'T0', facility: 900 }),
    ];
    const blueprint = blueprintOf([matrixCell('c1', 1, { topic: 'T0' })]);
    const plan = drawPlan(blueprint, pool);
    const { measures } = dealCards(plan, SEED, 'exam', 10);
    expect(measures[0]).toEqual({ name: 'score', mean: meanScore(blueprint, pool), band: 125 * 128 });
    const used = dealt(blueprint, pool, 10).map((drawn) => questionsOf(drawn)[0]?.item);
    expect(used.filter((item) => item === itemId('a'))).toHaveLength(5);
  });

  test('have no two enemies', () => {
    const pool = poolOf(40, 'k').map((item, index) =>
      index < 9 ? { ...item, enemies: [`set ${index % 3}`, `other ${Math.floor(index / 3)}`] } : item,
    );
    for (const drawn of dealt(blueprintOf([matrixCell('c1', 12)]), pool, 100)) {
      const sets = questionsOf(drawn).flatMap(
        ({ item }) => pool.find((one) => one.item === item)?.enemies ?? [],
      );
      expect(new Set(sets).size).toBe(sets.length);
    }
  });

  test('of items that are all enemies are refused, naming the cells', () => {
    const pool = poolOf(4, 'k', { enemies: ['e'] });
    const plan = drawPlan(blueprintOf([matrixCell('c1', 2)]), pool);
    expect(() => dealCards(plan, SEED, 'exam', 3)).toThrow(
      expect.objectContaining({ code: 'blueprint-too-tight', values: { cells: 'c1' } }),
    );
    expect(() => dealCards(plan, SEED, 'exam', 3)).toThrow(DomainError);
  });

  test('do not change with the order of the pool', () => {
    const pool = poolOf(30, 'k').map((item, index) => ({ ...item, facility: 300 + index * 17 }));
    const blueprint = blueprintOf([matrixCell('c1', 10)]);
    expect(dealt(blueprint, [...pool].reverse(), 20)).toEqual(dealt(blueprint, pool, 20));
  });
});

test('papers are drawn one by one where lists share items with other cells', () => {
  const pool = poolOf(10, 'k');
  const shared = blueprintOf([matrixCell('c1', 3), listCell('c2', 1, ['k0000', 'k0001', 'k0002', 'k0003'])]);
  expect(algorithmFor(drawPlan(shared, pool))).toBe('niem-draw/1');
  expect(algorithmFor(drawPlan(blueprintOf([matrixCell('c1', 3)]), pool))).toBe('niem-deal/1');
});

test('papers are drawn one by one where equal use would bring enemies together', () => {
  const pool = [...poolOf(3, 'e', { enemies: ['e'] }), ...poolOf(7, 'k')];
  const few = drawPlan(blueprintOf([matrixCell('c1', 3)]), pool);
  const many = drawPlan(blueprintOf([matrixCell('c1', 4)]), pool);
  expect([few, many].map(algorithmFor)).toEqual(['niem-deal/1', 'niem-draw/1']);
  for (let attempt = 0; attempt < 50; attempt++) {
    const { slots } = drawPaper(many, paperSeed(SEED, 'exam', String(attempt), 0));
    expect(slots.filter(({ item }) => item.startsWith('e')).length).toBeLessThanOrEqual(1);
  }
});
