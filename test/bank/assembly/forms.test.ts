import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBandedDraw, drawPaper, drawPlan, paperSeed, parallelForms } from '#bank/assembly';
import type { PoolItem } from '#bank/protocol';
import { blueprintOf, matrixCell, poolOf } from '../blueprint/pool.ts';

const SEED = new Uint8Array(32).fill(9);

function richPool(size: number): PoolItem[] {
  return poolOf(size, 'k').map((item, index) => ({
    ...item,
    facility: 300 + ((index * 37) % 500),
    seconds: 60 + ((index * 29) % 60),
    information: [100 + ((index * 13) % 90), 150 + ((index * 17) % 90), 100 + ((index * 7) % 90)],
  }));
}

function rules(count: number, overlap: number) {
  return { count, perShift: 1, overlap, maxUses: count, spare: 0 };
}

function rowsOf(cards: Int32Array, width: number): number[][] {
  return Array.from({ length: cards.length / width }, (_, at) => [
    ...cards.subarray(at * width, (at + 1) * width),
  ]);
}

describe('parallel forms', () => {
  const pool = richPool(120);
  const plan = drawPlan(blueprintOf([matrixCell('c1', 30)]), pool);

  test('use no item more often than they must, and lie in the bands they tell', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 48 }), fc.string(), (forms, exam) => {
        const { cards, measures, overlap } = parallelForms(plan, SEED, exam, rules(forms, 100));
        const rows = rowsOf(cards, 30);
        expect(rows).toHaveLength(forms);
        const uses = pool.map((_, item) => rows.filter((row) => row.includes(item)).length);
        expect(Math.max(...uses)).toBeLessThanOrEqual(Math.ceil((forms * 30) / 120));
        expect(measures.map(({ name }) => name)).toEqual([
          'score',
          'time',
          'information',
          'information',
          'information',
        ]);
        for (const [at, { mean, band }] of measures.slice(2).entries()) {
          for (const row of rows) {
            const sum = row.reduce((all, item) => all + (pool[item]?.information?.[at] ?? 0), 0);
            expect(Math.abs(sum - mean)).toBeLessThanOrEqual(band);
          }
        }
        const common = rows.flatMap((row, one) =>
          rows.slice(one + 1).map((other) => row.filter((item) => other.includes(item)).length),
        );
        expect(overlap).toBe(Math.max(0, ...common));
      }),
      { numRuns: 40 },
    );
  });

  test('with a smaller overlap are searched for anew, or refused with the least that was found', () => {
    const searched = Array.from({ length: 12 }, (_, exam) =>
      parallelForms(plan, SEED, String(exam), rules(6, 30)),
    );
    expect(Math.max(...searched.map(({ overlap }) => overlap))).toBeLessThanOrEqual(9);
    expect(() => parallelForms(plan, SEED, 'exam', rules(8, 0))).toThrow(
      expect.objectContaining({
        code: 'forms-overlap',
        values: { wanted: 0, least: expect.any(Number) as number },
      }),
    );
  });

  test('of different shifts have no more in common than they may, where no deal alone comes so far', () => {
    const cells = [4, 2, 2, 2, 4, 1, 2, 2];
    const small = cells.flatMap((count, at) => poolOf(3 * count, `c${at}x`, { topic: `T${at}` }));
    const narrow = drawPlan(
      blueprintOf(cells.map((count, at) => matrixCell(`c${at}`, count, { topic: `T${at}` }))),
      small,
    );
    const setting = { count: 8, perShift: 2, overlap: 25, maxUses: 3, spare: 0 };
    for (const exam of ['a', 'b', 'c', 'd']) {
      const { cards, overlap, search } = parallelForms(narrow, SEED, exam, setting);
      const rows = rowsOf(cards, 19);
      const common = rows.flatMap((row, one) =>
        rows.map((other, two) =>
          Math.floor(one / 2) === Math.floor(two / 2) ? 0 : row.filter((item) => other.includes(item)).length,
        ),
      );
      expect([Math.max(...common), search]).toEqual([overlap, 0]);
      expect(overlap).toBeLessThanOrEqual(4);
      const uses = small.map((_, item) => rows.filter((row) => row.includes(item)).length);
      expect([Math.min(...uses), Math.max(...uses)]).toEqual([2, 3]);
    }
    expect(() => parallelForms(narrow, SEED, 'a', { ...setting, maxUses: 2 })).toThrow(
      expect.objectContaining({ code: 'forms-uses', values: expect.objectContaining({ uses: 3, most: 2 }) }),
    );
  });

  test('are the same for the same exam and others for another', () => {
    const options = rules(6, 100);
    expect(parallelForms(plan, SEED, 'exam', options)).toEqual(parallelForms(plan, SEED, 'exam', options));
    expect(parallelForms(plan, SEED, 'other', options).cards).not.toEqual(
      parallelForms(plan, SEED, 'exam', options).cards,
    );
  });
});

describe('a paper near the mean', () => {
  const pool = poolOf(80, 'k').map((item, index) => ({ ...item, facility: 300 + ((index * 37) % 500) }));
  const plan = drawPlan(blueprintOf([matrixCell('c1', 20)]), pool);
  const mean = (pool.reduce((sum, { facility = 0 }) => sum + facility, 0) / 4) * 25;
  const scoreOf = (items: readonly string[]): number =>
    items.reduce((sum, item) => sum + 25 * (plan.items.get(item)?.facility ?? 0), 0);

  test('is what was drawn first inside the band', () => {
    const draw = createBandedDraw(plan, SEED, 'exam');
    const attempts = Array.from({ length: 200 }, (_, attempt) => String(attempt));
    const distance = (items: readonly { item: string }[]): number =>
      Math.abs(scoreOf(items.map(({ item }) => item)) - mean);
    const drawn = attempts.map((attempt) => draw(attempt));
    expect(drawn.filter(({ paper, mended }) => mended || distance(paper.slots) > 2500)).toEqual([]);
    const free = attempts.map((attempt) => drawPaper(plan, paperSeed(SEED, 'exam', attempt, 0)));
    const inside = [...attempts.keys()].filter((at) => distance(free[at]?.slots ?? []) < 2400);
    expect(inside.length).toBeGreaterThan(10);
    expect(inside.map((at) => drawn[at]?.paper)).toEqual(inside.map((at) => free[at]));
  });

  test('is mended, and says so, where next to no draw lies inside', () => {
    const split = [...poolOf(3, 'l', { facility: 0 }), ...poolOf(3, 'u', { facility: 1000 })];
    const odd = drawPlan(blueprintOf([matrixCell('c1', 1)]), split);
    expect(createBandedDraw(odd, SEED, 'exam')('late').mended).toBe(true);
  });
});
