import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { Blueprint, checkBlueprint, questionCount, totalPoints } from '#bank/blueprint';
import { BLUEPRINT_ERRORS, BLUEPRINT_MESSAGES } from '#bank/protocol';
import { blueprintOf, listCell, matrixCell } from './pool.ts';

const sound = blueprintOf(
  [matrixCell('c1', 12), matrixCell('c2', 8, { level: 'APPLY' })],
  [listCell('c3', 10, 'abcdefghijklmno'.split(''), 50)],
);

test('a sound blueprint has no problems, and counts as declared', () => {
  expect(checkBlueprint(sound, 1000)).toEqual([]);
  expect(questionCount(sound)).toBe(30);
  expect(totalPoints(sound)).toBe(1000);
});

test('each mistake is told by its code with the values of its sentence', () => {
  const bad = blueprintOf(
    [matrixCell('c1', 3), matrixCell('c1', 2, { topic: 'T2' }), matrixCell('c4', 1)],
    [matrixCell('c5', 1, { kind: 'description' }), listCell('c6', 3, ['a', 'b'])],
  );
  expect(checkBlueprint(bad, 1000)).toEqual([
    { code: 'blueprint-cell-repeated', values: { cell: 'c1' } },
    { code: 'blueprint-stratum-repeated', values: { cell: 'c4', first: 'c1' } },
    { code: 'blueprint-description-cell', values: { cell: 'c5' } },
    { code: 'blueprint-list-too-short', values: { cell: 'c6', need: 3, have: 2 } },
    { code: 'blueprint-points-sum', values: { sum: 250, total: 1000 } },
  ]);
  const huge = blueprintOf([matrixCell('c1', 200), matrixCell('c2', 1, { topic: 'T2' })]);
  expect(checkBlueprint(huge, 201 * 25)).toEqual([
    { code: 'blueprint-too-many-questions', values: { count: 201, max: 200 } },
  ]);
});

test('the same stratum may stand in two parts, or with other points', () => {
  const blueprint = blueprintOf(
    [matrixCell('c1', 1), matrixCell('c2', 1, { points: 50 })],
    [matrixCell('c3', 1)],
  );
  expect(checkBlueprint(blueprint, 100)).toEqual([]);
});

test('the schema takes both forms of cell and nothing else', () => {
  const valid = new Ajv().compile(Blueprint);
  expect(valid(sound)).toBe(true);
  expect(valid(blueprintOf([{ ...matrixCell('c1', 1), items: [] }]))).toBe(false);
  expect(valid(blueprintOf([matrixCell('c1', 0)]))).toBe(false);
  expect(valid(blueprintOf([matrixCell('c1', 1.5)]))).toBe(false);
  expect(valid(blueprintOf([matrixCell('ô 1', 1)]))).toBe(false);
  expect(valid({ parts: [] })).toBe(false);
});

test('every code has its two sentences', () => {
  expect(Object.keys(BLUEPRINT_MESSAGES).sort()).toEqual(Object.keys(BLUEPRINT_ERRORS).sort());
});
