import { expect, test } from 'vitest';
import {
  createRng,
  drawPaper,
  drawPlan,
  paperSeed,
  paperStream,
  shuffle,
  take,
  type DrawPlan,
  type Rng,
} from '#bank/assembly';
import { blueprintOf, listCell, matrixCell, poolItem, poolOf } from '../blueprint/pool.ts';

/**
 * A bank small enough to list every feasible choice of questions: two lists and a matrix cell that share items,
 * so that many selections must be thrown away. Seeds are fixed, so the figures never change.
 */
const pool = [
  ...poolOf(6, 'k'),
  ...poolOf(4, 'u', { level: 'UNDERSTAND' }),
  poolItem('x', { topic: 'T2' }),
  poolItem('y', { topic: 'T2' }),
];
const blueprint = blueprintOf([
  matrixCell('c1', 2),
  matrixCell('c2', 1, { level: 'UNDERSTAND' }),
  listCell('c3', 2, ['k0003', 'k0004', 'k0005', 'u0000', 'x', 'y']),
]);
const plan = drawPlan(blueprint, pool);
const DRAWS = 60_000;

function seedOf(draw: number): Uint8Array {
  return paperSeed(new Uint8Array(32).fill(7), 'exam', String(draw), 0);
}

/** Every choice of questions per cell in which no item comes twice. */
function feasibleChoices(): Set<string> {
  const perGroup = plan.groups.map(({ pool: items, count }) =>
    subsets(
      items.map(({ item }) => item),
      count,
    ),
  );
  let choices: string[][][] = [[]];
  for (const options of perGroup)
    choices = choices.flatMap((before) => options.map((one) => [...before, one]));
  const distinct = choices.filter((choice) => new Set(choice.flat()).size === choice.flat().length);
  return new Set(distinct.map((choice) => choice.map((items) => items.join()).join('|')));
}

function subsets(items: readonly string[], count: number): string[][] {
  if (count === 0) return [[]];
  return items.flatMap((item, index) =>
    subsets(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]),
  );
}

/** Standard score of the chi-square statistic of equally likely outcomes, within ±4 when they are. */
function zScore(counts: ReadonlyMap<string, number>, outcomes: number, draws: number): number {
  const expected = draws / outcomes;
  let chi2 = (outcomes - counts.size) * expected;
  for (const count of counts.values()) chi2 += (count - expected) ** 2 / expected;
  return (chi2 - (outcomes - 1)) / Math.sqrt(2 * (outcomes - 1));
}

function zOfSelections(select: (draw: number) => Map<string, string[]>): number {
  const choices = feasibleChoices();
  const counts = new Map<string, number>();
  for (let draw = 0; draw < DRAWS; draw++) {
    const chosen = select(draw);
    const key = ['c1', 'c2', 'c3'].map((cell) => (chosen.get(cell) ?? []).sort().join()).join('|');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect([...counts.keys()].filter((key) => !choices.has(key))).toEqual([]);
  return zScore(counts, choices.size, DRAWS);
}

test('all feasible selections are equally likely', () => {
  const z = zOfSelections((draw) => {
    const chosen = new Map<string, string[]>();
    for (const { cell, item } of drawPaper(plan, seedOf(draw)).slots) {
      if (cell !== null) chosen.set(cell, [...(chosen.get(cell) ?? []), item]);
    }
    return chosen;
  });
  expect(Math.abs(z)).toBeLessThan(4);
});

test('the test would notice a draw that repairs one cell instead of starting again', () => {
  const repairing = ({ groups }: DrawPlan, rng: Rng): Map<string, string[]> => {
    const used = new Set<string>();
    return new Map(
      groups.map(({ pool: items, cells, count }) => {
        let drawn: string[];
        do drawn = take(rng, items, count).map(({ item }) => item);
        while (drawn.some((item) => used.has(item)));
        drawn.forEach((item) => used.add(item));
        return [cells[0]?.cell.id ?? '', drawn];
      }),
    );
  };
  const z = zOfSelections((draw) => repairing(plan, paperStream(seedOf(draw), 'selection')));
  expect(z).toBeGreaterThan(20);
});

const ORDERS = 24;

function zOfOrders(order: (draw: number) => string): number {
  const counts = new Map<string, number>();
  for (let draw = 0; draw < DRAWS; draw++) {
    const key = order(draw);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return zScore(counts, ORDERS, DRAWS);
}

test('all orders of four options, and of four questions, are equally likely', () => {
  const four = drawPlan(blueprintOf([matrixCell('c1', 4)]), poolOf(4, 'k'));
  const papers = Array.from({ length: DRAWS }, (_, draw) => drawPaper(four, seedOf(draw)).slots);
  expect(Math.abs(zOfOrders((draw) => (papers[draw]?.[0]?.order ?? []).join('')))).toBeLessThan(4);
  expect(Math.abs(zOfOrders((draw) => (papers[draw] ?? []).map(({ item }) => item).join()))).toBeLessThan(4);
});

test('the test would notice a shuffle by a random comparator', () => {
  const letters = ['a', 'b', 'c', 'd'];
  const rngOf = (draw: number): Rng => paperStream(seedOf(draw), 'option-order');
  const sorting = (draw: number): string => {
    const rng = rngOf(draw);
    return [...letters].sort(() => (rng.u32() & 1 ? 1 : -1)).join('');
  };
  expect(zOfOrders(sorting)).toBeGreaterThan(20);
  expect(Math.abs(zOfOrders((draw) => shuffle(rngOf(draw), letters).join('')))).toBeLessThan(4);
});

test('the generator itself is even over small ranges', () => {
  const rng = createRng('ab'.repeat(32));
  const counts = new Map<string, number>();
  for (let draw = 0; draw < DRAWS; draw++) {
    const key = String(take(rng, [0, 1, 2, 3, 4, 5, 6], 1)[0]);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(Math.abs(zScore(counts, 7, DRAWS))).toBeLessThan(4);
});
