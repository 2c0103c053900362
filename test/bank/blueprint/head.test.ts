import { expect, test } from 'vitest';
import {
  checkBlueprint,
  fitter,
  hasElectives,
  questionCount,
  requireFeasible,
  totalPoints,
} from '#bank/blueprint';
import type { Blueprint, Level } from '#bank/protocol';
import { blueprintOf, matrixCell, poolItem, poolOf } from './pool.ts';

const cell = matrixCell('c1', 4);
const codes = (blueprint: Blueprint, total = 100) =>
  checkBlueprint(blueprint, total).map(({ code, values }) => [code, values]);

test('rows, scale, branches and targets are checked whatever the bank holds', () => {
  const plain = blueprintOf([cell]);
  expect(codes({ ...plain, rows: [{ topic: 'T1' }, { topic: 'T1', periods: 2 }] })).toEqual([
    ['blueprint-row-repeated', { topic: 'T1' }],
  ]);
  const scale = (...levels: Level[][]) => ({
    ...plain,
    scale: levels.map((list) => ({ name: 'x', levels: list })),
  });
  expect(codes(scale(['KNOW', 'UNDERSTAND'], ['APPLY', 'APPLY_HIGH']))).toEqual([]);
  expect(codes(scale(['KNOW'], ['UNDERSTAND'], ['APPLY']))).toEqual([
    ['blueprint-scale-level', { level: 'APPLY_HIGH' }],
  ]);
  expect(codes(scale(['KNOW', 'UNDERSTAND'], ['UNDERSTAND', 'APPLY', 'APPLY_HIGH']))).toEqual([
    ['blueprint-scale-level', { level: 'UNDERSTAND' }],
  ]);
  expect(codes({ ...plain, targets: { seconds: { min: 60, max: 30 } } })).toEqual([
    ['blueprint-target-range', { min: 60, max: 30 }],
  ]);
  expect(codes(blueprintOf([{ ...cell, statements: ['KNOW', 'KNOW', 'KNOW', 'KNOW'] }]))).toEqual([
    ['blueprint-statements-kind', { cell: 'c1' }],
  ]);
});

test('whichever branch is chosen, the paper is worth what was declared', () => {
  const [common, cs, ict] = [matrixCell('c1', 4), matrixCell('c2', 2), matrixCell('c3', 2)];
  const blueprint = (last: typeof ict, branch = 'ict'): Blueprint => ({
    branches: [
      { id: 'cs', title: 'CS' },
      { id: 'ict', title: 'ICT' },
    ],
    parts: [
      { title: 'I', cells: [common] },
      { title: 'II', branch: 'cs', cells: [cs] },
      { title: 'II', branch, cells: [last] },
    ],
  });
  expect(codes(blueprint(ict), 150)).toEqual([]);
  expect(totalPoints(blueprint(ict))).toBe(150);
  expect(questionCount(blueprint(ict))).toBe(8);
  expect(codes(blueprint({ ...ict, count: 3 }), 150)).toEqual([
    ['blueprint-branch-sum', { branch: 'ICT', sum: 175, total: 150 }],
  ]);
  expect(codes(blueprint(ict, 'math'), 150)).toEqual([
    ['blueprint-branch-unknown', { branch: 'math' }],
    ['blueprint-branch-empty', { branch: 'ICT' }],
    ['blueprint-branch-sum', { branch: 'ICT', sum: 100, total: 150 }],
  ]);
});

test('of a cell that offers six questions and asks for four, four count', () => {
  const blueprint = blueprintOf([{ ...cell, count: 6, answer: 4 }]);
  expect(codes(blueprint)).toEqual([]);
  expect([questionCount(blueprint), totalPoints(blueprint), hasElectives(blueprint)]).toEqual([6, 100, true]);
  expect(codes({ ...blueprint, targets: { facility: { min: 400, max: 600 } } })).toEqual([
    ['blueprint-targets-choice', {}],
  ]);
  expect(codes(blueprintOf([{ ...cell, count: 4, answer: 5 }]), 125)).toEqual([
    ['blueprint-answer-too-many', { cell: 'c1', answer: 5, count: 4 }],
  ]);
});

test('a paper with something to choose needs every question that it prints', () => {
  const blueprint = blueprintOf([{ ...cell, count: 6, answer: 4 }]);
  expect(requireFeasible(blueprint, poolOf(6, 'q')).feasible).toBe(true);
  expect(() => requireFeasible(blueprint, poolOf(5, 'q'))).toThrow(
    expect.objectContaining({ code: 'blueprint-infeasible' }),
  );
});

test('a cell with levels of statements takes the clusters that have these in any order', () => {
  const cluster = (statementLevels?: Level[], level: Level = 'UNDERSTAND') =>
    poolItem('q', { kind: 'tfCluster', level, ...(statementLevels && { statementLevels }) });
  const fits = fitter(
    matrixCell('c1', 1, {
      kind: 'tfCluster',
      level: 'UNDERSTAND',
      statements: ['KNOW', 'UNDERSTAND', 'KNOW', 'UNDERSTAND'],
    }),
  );
  expect(fits(cluster(['UNDERSTAND', 'KNOW', 'KNOW', 'UNDERSTAND'], 'APPLY'))).toBe(true);
  expect(fits(cluster(['UNDERSTAND', 'KNOW', 'KNOW', 'KNOW']))).toBe(false);
  expect(fits(cluster())).toBe(false);
  const alike = fitter(
    matrixCell('c1', 1, { kind: 'tfCluster', statements: ['KNOW', 'KNOW', 'KNOW', 'KNOW'] }),
  );
  expect(alike(cluster(undefined, 'KNOW'))).toBe(true);
  const byLevel = fitter(matrixCell('c1', 1, { kind: 'tfCluster', level: 'UNDERSTAND' }));
  expect(byLevel(cluster(['KNOW', 'KNOW', 'KNOW', 'KNOW']))).toBe(true);
});
