import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  certify,
  drawAll,
  drawPaper,
  drawPlan,
  paperHash,
  paperSeed,
  snapshotOf,
  type CertifiedExam,
  type DrawnPaper,
  type Paper,
} from '#bank/assembly';
import { totalPoints } from '#bank/blueprint';
import { DomainError, DRAW_ALGORITHM, type Blueprint, type PoolItem } from '#bank/protocol';
import { blueprintOf, itemId, listCell, matrixCell, poolItem, poolOf } from '../blueprint/pool.ts';

const SEED = new Uint8Array(32).fill(1);

function draw(blueprint: Blueprint, pool: readonly PoolItem[], attempt = 'A'): Paper {
  return drawPaper(drawPlan(blueprint, pool), paperSeed(SEED, 'exam', attempt, 0));
}

function codeOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'no error';
}

describe('a drawn paper', () => {
  const pool = [
    ...poolOf(30, 'k'),
    ...poolOf(8, 't', { kind: 'tfCluster', level: 'APPLY' }),
    poolItem('d1', { kind: 'description', parts: [], version: 3 }),
    poolItem('d2', { kind: 'description', parts: [] }),
    poolItem('s1', { topic: 'Sóng', stimulus: itemId('d1') }),
    poolItem('s2', { topic: 'Sóng', stimulus: itemId('d1') }),
    poolItem('s3', { topic: 'Sóng', stimulus: itemId('d2') }),
    poolItem('n1', { kind: 'numeric', parts: [], topic: 'Sóng' }),
    poolItem('p1', { topic: 'P', parts: ['a', 'b', 'c', 'd', 'e'], pinned: ['b', 'e'] }),
  ];
  const blueprint = blueprintOf(
    [matrixCell('c1', 6), matrixCell('c2', 3, { topic: 'Sóng' }), matrixCell('c3', 1, { topic: 'P' })],
    [
      matrixCell('c4', 2, { kind: 'tfCluster', level: 'APPLY', points: 100 }),
      matrixCell('c5', 1, { kind: 'numeric', topic: 'Sóng' }),
    ],
  );

  test('fills every cell with different items, in parts, and adds up', () => {
    const plan = drawPlan(blueprint, pool);
    fc.assert(
      fc.property(fc.string(), (attempt) => {
        const { slots } = drawPaper(plan, paperSeed(SEED, 'exam', attempt, 0));
        const questions = slots.filter(({ cell }) => cell !== null);
        expect(new Set(questions.map(({ item }) => item)).size).toBe(13);
        expect(slots.map(({ part }) => part)).toEqual(slots.map(({ part }) => part).sort());
        expect(slots.reduce((sum, { points }) => sum + points, 0)).toBe(totalPoints(blueprint));
        for (const slot of slots) {
          const source = pool.find(({ item }) => item === slot.item);
          expect([...slot.order].sort()).toEqual(source?.parts);
          expect([slot.kind, slot.version]).toEqual([source?.kind, source?.version]);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('keeps the items of a description together right after it', () => {
    const plan = drawPlan(blueprint, pool);
    for (let attempt = 0; attempt < 100; attempt++) {
      const { slots } = drawPaper(plan, paperSeed(SEED, 'exam', String(attempt), 0));
      const at = slots.findIndex(({ item }) => item === itemId('d1'));
      const behind = slots.slice(at + 1, at + 3).map(({ item }) => item);
      expect(behind.sort()).toEqual([itemId('s1'), itemId('s2')]);
      expect(slots[at]).toMatchObject({ cell: null, points: 0, order: [], version: 3 });
      const other = slots.findIndex(({ item }) => item === itemId('d2'));
      expect(slots[other + 1]?.item).toBe(itemId('s3'));
    }
  });

  test('leaves pinned options at their index', () => {
    const orders = new Set<string>();
    const plan = drawPlan(blueprint, pool);
    for (let attempt = 0; attempt < 100; attempt++) {
      const { slots } = drawPaper(plan, paperSeed(SEED, 'exam', String(attempt), 0));
      const order = slots.find(({ item }) => item === itemId('p1'))?.order ?? [];
      expect([order[1], order[4]]).toEqual(['b', 'e']);
      orders.add(order.join(''));
    }
    expect(orders.size).toBe(6);
  });

  test('does not depend on the order of the pool, and stays the same however often it is drawn', () => {
    const hash = paperHash(draw(blueprint, pool));
    expect(paperHash(draw(blueprint, [...pool].reverse()))).toBe(hash);
    expect(paperHash(draw(blueprint, snapshotOf(blueprint, pool)))).toBe(hash);
    expect(paperHash(draw(blueprint, pool, 'B'))).not.toBe(hash);
  });

  test('a stratum split over two parts is drawn at once, even where every item is needed', () => {
    const tight = blueprintOf([matrixCell('c1', 10)], [matrixCell('c2', 10)]);
    const { slots } = draw(tight, poolOf(20, 'k'));
    expect(new Set(slots.map(({ item }) => item)).size).toBe(20);
  });
});

describe('refusals', () => {
  test('a snapshot that cannot fill the blueprint names the cells', () => {
    const blueprint = blueprintOf([matrixCell('c1', 3), matrixCell('c2', 2, { level: 'APPLY' })]);
    const act = (): unknown => drawPlan(blueprint, poolOf(2, 'k'));
    expect(act).toThrow(
      expect.objectContaining({
        code: 'blueprint-infeasible',
        values: { cell: 'c1', need: 3, have: 2, missing: 1, short: 2, list: 'c1 2/3, c2 0/2' },
      }),
    );
  });

  test('an item whose description is not in the snapshot', () => {
    const pool = [poolItem('s1', { stimulus: itemId('gone') })];
    expect(codeOf(() => drawPlan(blueprintOf([matrixCell('c1', 1)]), pool))).toBe('stimulus-missing');
  });

  test('overlapping cells that leave next to no selection', () => {
    const names = Array.from({ length: 30 }, (_, index) => `k${String(index).padStart(4, '0')}`);
    const blueprint = blueprintOf([listCell('c1', 15, names), matrixCell('c2', 15)]);
    const pool = [...poolOf(30, 'k'), poolItem('z')];
    expect(codeOf(() => draw(blueprint, pool))).toBe('blueprint-too-tight');
  });

  test('more papers than there are different ones', () => {
    const plan = drawPlan(blueprintOf([matrixCell('c1', 1)]), [poolItem('a', { parts: ['a', 'b', 'c'] })]);
    const attempts = ['1', '2', '3', '4', '5', '6'];
    expect([...drawAll(plan, SEED, 'exam', attempts)].length).toBe(6);
    expect(() => [...drawAll(plan, SEED, 'exam', [...attempts, '7'])]).toThrow(
      expect.objectContaining({ code: 'papers-exhausted', values: { count: 7, found: 6 } }),
    );
  });
});

describe('papers of a whole exam', () => {
  const plan = drawPlan(blueprintOf([matrixCell('c1', 2)]), poolOf(3, 'k', { parts: ['a', 'b'] }));
  const attempts = Array.from({ length: 20 }, (_, index) => `attempt ${index}`);
  const papers = [...drawAll(plan, SEED, 'exam', attempts)];

  test('are all different; a redraw stands where an earlier attempt had the same paper', () => {
    expect(new Set(papers.map(({ paperHash: hash }) => hash)).size).toBe(20);
    expect(papers.some(({ redraw }) => redraw > 0)).toBe(true);
    for (const { attempt, redraw, paperHash: hash } of papers) {
      const earlier = new Set(papers.filter((one) => one.attempt < attempt).map((one) => one.paperHash));
      const hashes = Array.from({ length: redraw + 1 }, (_, count) =>
        paperHash(drawPaper(plan, paperSeed(SEED, 'exam', attempt, count))),
      );
      expect(hashes.pop()).toBe(hash);
      expect(hashes.every((skipped) => earlier.has(skipped))).toBe(true);
    }
  });

  test('do not depend on the order in which attempts are named', () => {
    expect([...drawAll(plan, SEED, 'exam', [...attempts].reverse())]).toEqual(papers);
  });
});

test('a certificate counts the paper again and refuses one that was tampered with', () => {
  const blueprint = blueprintOf([matrixCell('c1', 2), matrixCell('c2', 1, { level: 'APPLY' })]);
  const pool = [...poolOf(5, 'k'), ...poolOf(3, 'u', { level: 'APPLY' })];
  const [drawn] = drawAll(drawPlan(blueprint, pool), SEED, 'exam', ['A']);
  const items = new Map(pool.map((item) => [item.item, item]));
  const exam: CertifiedExam = {
    algorithm: DRAW_ALGORITHM,
    items,
    exam: 'exam',
    seedCommitment: 'c',
    manifestHash: 'm',
    snapshotHash: 's',
    blueprint,
  };
  const certificate = certify(exam, drawn as DrawnPaper);
  expect(certificate).toMatchObject({ questions: 3, points: 75, redraw: 0, attempt: 'A' });
  expect(certificate).toMatchObject({ expectedScore: 25 * (800 + 800 + 450), expectedSeconds: 0 });
  expect(certificate.cells).toEqual([
    { cell: 'c1', count: 2 },
    { cell: 'c2', count: 1 },
  ]);
  const { paper } = drawn as DrawnPaper;
  const twice = {
    slots: paper.slots.map((slot, at) => (at === 1 ? { ...slot, item: paper.slots[0]?.item ?? '' } : slot)),
  };
  for (const slots of [paper.slots.slice(1), twice.slots]) {
    expect(() => certify(exam, { ...(drawn as DrawnPaper), paper: { slots } })).toThrow('fill');
  }
});
