import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  algorithmFor,
  createBandedDraw,
  dealAll,
  dealCards,
  drawAll,
  drawPaper,
  drawPlan,
  formPapers,
  formSeries,
  paperSeed,
  parallelForms,
  type DrawPlan,
  type Paper,
} from '#bank/assembly';
import { DomainError, type Blueprint, type PoolItem } from '#bank/protocol';
import { blueprintOf, itemId, matrixCell, poolOf } from '../blueprint/pool.ts';

const SEED = new Uint8Array(32).fill(5);
const COUNT = 8;
const POINTS = COUNT * 25;

interface Targeted {
  plan: DrawPlan;
  pool: PoolItem[];
  targets: NonNullable<Blueprint['targets']>;
}

function targeted(pool: PoolItem[], targets: Targeted['targets']): Targeted {
  const blueprint = {
    ...blueprintOf([matrixCell('a', 5), matrixCell('b', 3, { topic: 'T2' })]),
    targets,
  };
  return { plan: drawPlan(blueprint, pool), pool, targets };
}

/** Two topics of questions of every difficulty and length, and targets anywhere near what they give on average. */
const cases = fc
  .record({
    facilities: fc.array(fc.integer({ min: 200, max: 900 }), { minLength: 40, maxLength: 40 }),
    seconds: fc.array(fc.integer({ min: 40, max: 120 }), { minLength: 40, maxLength: 40 }),
    off: fc.integer({ min: -150, max: 150 }),
    width: fc.integer({ min: 0, max: 200 }),
    secondsOff: fc.integer({ min: -100, max: 100 }),
    timed: fc.boolean(),
  })
  .map(({ facilities, seconds, off, width, secondsOff, timed }) => {
    const pool = [...poolOf(24, 'a'), ...poolOf(16, 'b', { topic: 'T2' })].map((item, at) => ({
      ...item,
      facility: facilities[at] ?? 0,
      seconds: seconds[at] ?? 0,
    }));
    const [middle, usual] = [facilities, seconds].map((list) =>
      Math.round(list.reduce((sum, one) => sum + one, 0) / list.length),
    ) as [number, number];
    const from = Math.max(0, middle + off - Math.floor(width / 2));
    return targeted(pool, {
      facility: { min: from, max: Math.min(1000, from + width) },
      ...(timed && {
        seconds: { min: COUNT * usual + secondsOff - 60, max: COUNT * usual + secondsOff + 60 },
      }),
    });
  });

function valuesOf({ slots }: Paper, pool: readonly PoolItem[]): { facility: number; seconds: number } {
  const items = new Map(pool.map((item) => [item.item, item]));
  return slots.reduce(
    ({ facility, seconds }, { item, points }) => ({
      facility: facility + (points * (items.get(item)?.facility ?? 0)) / POINTS,
      seconds: seconds + (items.get(item)?.seconds ?? 0),
    }),
    { facility: 0, seconds: 0 },
  );
}

/** What was made, or the code of the refusal. */
function madeBy(make: () => Iterable<Paper>): { papers: Paper[]; refused?: string } {
  try {
    return { papers: [...make()] };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { papers: [], refused: error.code };
  }
}

/** Papers that all keep the targets, or a refusal that says which target is out of reach. */
function expectKept({ pool, targets }: Targeted, make: () => Iterable<Paper>): 'kept' | 'refused' {
  const { papers, refused = 'target-facility-unmet' } = madeBy(make);
  expect(refused).toMatch(/^target-(facility|seconds)-unmet$/);
  for (const paper of papers) {
    const { facility, seconds } = valuesOf(paper, pool);
    expect(facility).toBeGreaterThanOrEqual(targets.facility?.min ?? 0);
    expect(facility).toBeLessThanOrEqual(targets.facility?.max ?? 1000);
    expect(seconds).toBeGreaterThanOrEqual(targets.seconds?.min ?? 0);
    expect(seconds).toBeLessThanOrEqual(targets.seconds?.max ?? Infinity);
  }
  return papers.length > 0 ? 'kept' : 'refused';
}

const attempts = Array.from({ length: 12 }, (_, index) => itemId(`attempt${index}x`));
const RULES = { count: 4, perShift: 2, overlap: 100, maxUses: 4, spare: 1 };

describe('targets of a blueprint', () => {
  test.each<[string, (one: Targeted) => Iterable<Paper>]>([
    ['drawn', ({ plan }) => [...drawAll(plan, SEED, 'exam', attempts)].map(({ paper }) => paper)],
    [
      'dealt',
      ({ plan }) => {
        const { cards } = dealCards(plan, SEED, 'exam', attempts.length);
        return [...dealAll(plan, cards, SEED, 'exam', attempts)].map(({ paper }) => paper);
      },
    ],
    [
      'of forms',
      ({ plan }) => formPapers(plan, parallelForms(plan, SEED, 'exam', RULES).cards, SEED, 'exam'),
    ],
    [
      'of who comes late',
      ({ plan }) => {
        const draw = createBandedDraw(plan, SEED, 'exam');
        return attempts.map((attempt) => draw(attempt).paper);
      },
    ],
  ])('are kept by all papers %s, or refused by name', (_name, make) => {
    const ends = new Set<string>();
    fc.assert(
      fc.property(cases, (one) => {
        ends.add(expectKept(one, () => make(one)));
      }),
      { numRuns: 25, seed: 7 },
    );
    expect(ends).toContain('kept');
  });

  test('are the bands of solved forms too, however often these are doubled', () => {
    fc.assert(
      fc.property(cases, fc.nat(20), ({ plan, targets }, doublings) => {
        const blueprint = blueprintOf([matrixCell('a', 5), matrixCell('b', 3, { topic: 'T2' })]);
        const bands = formSeries(blueprint, plan, SEED, 'exam', RULES).bandsAt(doublings);
        const [score, time] = ['score', 'time'].map((name) => bands.find(({ measure }) => measure === name));
        expect(score?.least).toBeGreaterThanOrEqual((targets.facility?.min ?? 0) * POINTS);
        expect(score?.most).toBeLessThanOrEqual((targets.facility?.max ?? 0) * POINTS);
        const { min, max } = targets.seconds ?? { min: -Infinity, max: Infinity };
        expect(time?.least).toBeGreaterThanOrEqual(min);
        expect(time?.most).toBeLessThanOrEqual(max);
      }),
      { numRuns: 50 },
    );
  });

  const wide = [...poolOf(24, 'a'), ...poolOf(16, 'b', { topic: 'T2' })].map((item, at) => ({
    ...item,
    facility: 400 + ((at * 37) % 200),
  }));

  test('let papers be dealt where the mean of the bank lies in them, and drawn where it does not', () => {
    const around = targeted(wide, { facility: { min: 450, max: 550 } });
    expect(algorithmFor(around.plan)).toBe('niem-deal/1');
    const above = targeted(wide, { facility: { min: 520, max: 600 } });
    expect(algorithmFor(above.plan)).toBe('niem-draw/1');
    expect(
      expectKept(above, () => [...drawAll(above.plan, SEED, 'exam', attempts)].map(({ paper }) => paper)),
    ).toBe('kept');
  });

  test('that exclude nothing change no paper that a draw near the mean would have given', () => {
    const { plan } = targeted(wide, { facility: { min: 0, max: 1000 } });
    const free = { ...plan, targets: null };
    const near = attempts.filter((attempt) => {
      const { facility } = valuesOf(drawPaper(free, paperSeed(SEED, 'exam', attempt, 0)), wide);
      return Math.abs(facility - 499) < 4;
    });
    for (const attempt of near)
      expect(drawPaper(plan, paperSeed(SEED, 'exam', attempt, 0))).toEqual(
        drawPaper(free, paperSeed(SEED, 'exam', attempt, 0)),
      );
  });

  test('leave all papers of a window equally likely', () => {
    const facilities = [400, 400, 500, 500, 600, 600, 900, 100];
    const pool = poolOf(8, 'q').map((item, at) => ({ ...item, facility: facilities[at] ?? 0 }));
    const blueprint = { ...blueprintOf([matrixCell('a', 3)]), targets: { facility: { min: 500, max: 505 } } };
    const plan = drawPlan(blueprint, pool);
    const inside = pool.flatMap((one, a) =>
      pool.slice(a + 1).flatMap((two, b) =>
        pool
          .slice(a + b + 2)
          .filter(({ facility }) => one.facility + two.facility + facility === 1500)
          .map((three) => [one.item, two.item, three.item].toSorted().join()),
      ),
    );
    const counts = new Map(inside.map((selection) => [selection, 0]));
    const draws = 6_000;
    for (let draw = 0; draw < draws; draw++) {
      const { slots } = drawPaper(plan, paperSeed(SEED, 'exam', String(draw), 0));
      const selection = slots.map(({ item }) => item).toSorted();
      counts.set(selection.join(), (counts.get(selection.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(inside.length);
    const expected = draws / inside.length;
    const chi2 = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    const degrees = inside.length - 1;
    expect((chi2 - degrees) / Math.sqrt(2 * degrees)).toBeLessThan(4);
  });

  test('of time need the time of every question', () => {
    expect(() => targeted(wide, { seconds: { min: 60, max: 600 } })).toThrow(
      expect.objectContaining({ code: 'blueprint-target-unknown' }),
    );
  });

  test('out of reach are refused with what the bank gives on average', () => {
    const { plan } = targeted(wide, { facility: { min: 900, max: 950 } });
    expect(() => drawPaper(plan, paperSeed(SEED, 'exam', 'a', 0))).toThrow(
      expect.objectContaining({ code: 'target-facility-unmet', values: { min: 90, max: 95, mean: 50 } }),
    );
  });
});
