import { Ajv } from 'ajv';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assembledResponses,
  checkBlueprint,
  feasibility,
  mergeResponses,
  plannedResponses,
  plannedSections,
  requireFeasible,
} from '#bank/blueprint';
import { Blueprint, DomainError, sentence, type Level, type PoolItem } from '#bank/protocol';
import { blueprintOf, itemId, listCell, matrixCell, passage, passageCell, poolItem, poolOf } from './pool.ts';

const LEVELS: Level[] = ['KNOW', 'KNOW', 'APPLY'];

function refusal(act: () => unknown): DomainError {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error;
  }
  throw new Error('nothing was refused');
}

describe('a cell of passages is refused', () => {
  const codes = (...cells: Parameters<typeof blueprintOf>[0]): string[] =>
    checkBlueprint(
      blueprintOf(cells),
      cells.reduce((sum, { count, points }) => sum + count * points, 0),
    ).map(({ code }) => code);

  test('when its questions are no whole passages', () => {
    expect(codes(passageCell('c1', 6, LEVELS))).toEqual([]);
    expect(codes(passageCell('c1', 7, LEVELS))).toEqual(['blueprint-passage-count']);
    expect(codes(passageCell('c1', 1, LEVELS))).toEqual(['blueprint-passage-count']);
  });

  test('when it repeats another, whatever the order of its levels', () => {
    const again = passageCell('c2', 3, ['APPLY', 'KNOW', 'KNOW']);
    expect(codes(passageCell('c1', 3, LEVELS), again)).toEqual(['blueprint-stratum-repeated']);
    expect(codes(passageCell('c1', 3, LEVELS), { ...again, points: 50 })).toEqual([]);
    expect(codes(passageCell('c1', 3, LEVELS), passageCell('c2', 2, ['KNOW', 'APPLY']))).toEqual([]);
  });

  test('when it asks for descriptions as questions', () => {
    expect(codes(passageCell('c1', 3, LEVELS, { kind: 'description' }))).toEqual([
      'blueprint-description-cell',
    ]);
  });
});

describe('the count of passages', () => {
  test('takes only descriptions with enough questions of every level', () => {
    const pool = [
      ...passage('a', ['KNOW', 'KNOW', 'APPLY']),
      ...passage('b', ['KNOW', 'KNOW', 'KNOW', 'APPLY', 'APPLY']),
      ...passage('c', ['KNOW', 'APPLY', 'APPLY']),
      ...passage('d', ['KNOW', 'KNOW', 'APPLY'], { topic: 'T2' }),
      ...passage('e', ['KNOW', 'KNOW', 'APPLY']).slice(1),
      ...poolOf(9, 'k'),
    ];
    const report = feasibility(blueprintOf([passageCell('c1', 6, LEVELS)]), pool);
    expect(report).toMatchObject({
      feasible: true,
      selections: '1',
      exact: true,
      disjointPapers: 1,
      cells: [{ perPassage: 3, need: 6, have: 6, missing: 0 }],
    });
    expect(feasibility(blueprintOf([passageCell('c1', 9, LEVELS)]), pool)).toMatchObject({
      feasible: false,
      cells: [{ need: 9, have: 6, missing: 3 }],
    });
  });

  test('tells which passages there would be, and why there are not', () => {
    const [description = poolItem('x'), ...questions] = passage('b', LEVELS);
    const [first = poolItem('x'), ...others] = passage('c', LEVELS);
    const report = feasibility(
      blueprintOf([passageCell('c1', 6, LEVELS)]),
      [...passage('a', LEVELS), ...questions, first, ...others.slice(1)],
      { status: [description], review: others.slice(0, 1) },
    );
    expect(report.cells).toMatchObject([
      { need: 6, have: 3, missing: 3, blocked: { status: 3, review: 3, enemies: 0 } },
    ]);
  });

  test('leaves out passages that enemies keep from standing together', () => {
    const loud = (name: string): PoolItem[] =>
      passage(name, LEVELS).map((item) => (item.level === 'APPLY' ? { ...item, enemies: ['E'] } : item));
    const report = feasibility(blueprintOf([passageCell('c1', 6, LEVELS)]), [...loud('a'), ...loud('b')]);
    expect(report).toMatchObject({ feasible: false, cells: [{ have: 6, blocked: { enemies: 3 } }] });
    const quiet = passage('c', [...LEVELS, 'APPLY']);
    expect(
      feasibility(blueprintOf([passageCell('c1', 6, LEVELS)]), [...loud('a'), ...loud('b'), ...quiet])
        .feasible,
    ).toBe(true);
  });

  test('shares descriptions between cells that want the same', () => {
    const pool = ['a', 'b', 'c'].flatMap((name) => passage(name, LEVELS));
    const cells = [passageCell('c1', 6, LEVELS), passageCell('c2', 4, ['KNOW', 'APPLY'])];
    expect(feasibility(blueprintOf(cells), pool).cells).toMatchObject([
      { missing: 0 },
      { missing: 2, rivals: ['c1'] },
    ]);
  });

  test('counts as an upper bound where a question may also come without its passage', () => {
    const pool = ['a', 'b', 'c'].flatMap((name) => passage(name, LEVELS));
    const list = listCell(
      'c2',
      1,
      pool.filter(({ kind }) => kind === 'choice').map(({ item }) => item),
    );
    const report = feasibility(blueprintOf([passageCell('c1', 3, LEVELS), list]), pool);
    expect(report).toMatchObject({ feasible: true, exact: false });
  });

  test('is that of trying every choice of questions', () => {
    const sets = fc.subarray(['e1', 'e2', 'e3'], { minLength: 0 });
    const question = fc.record({ level: fc.constantFrom<Level>('KNOW', 'APPLY'), enemies: sets });
    fc.assert(
      fc.property(fc.array(question, { maxLength: 7 }), sets, (questions, own) => {
        const [description = poolItem('x')] = passage('a', []);
        const pool = [
          { ...description, enemies: own },
          ...questions.map((fields, at) => poolItem(`q${at}x`, { ...fields, stimulus: itemId('a') })),
        ];
        const choices = (wanted: Level[], from: readonly PoolItem[], used: string[]): boolean => {
          const [level, ...more] = wanted;
          return (
            level === undefined ||
            from.some(
              (item) =>
                item.level === level &&
                !(item.enemies ?? []).some((set) => used.includes(set)) &&
                choices(
                  more,
                  from.filter((one) => one !== item),
                  [...used, ...(item.enemies ?? [])],
                ),
            )
          );
        };
        const [cell] = feasibility(blueprintOf([passageCell('c1', 3, LEVELS)]), pool).cells;
        expect(cell?.have).toBe(choices(LEVELS, pool.slice(1), own) ? 3 : 0);
      }),
      { numRuns: 300 },
    );
  });

  test('bounds what papers can bring', () => {
    const timed = (name: string, seconds: number): PoolItem[] =>
      passage(name, [...LEVELS, 'KNOW'], { seconds, facility: 500 }).map((item, at) =>
        at === 4 ? { ...item, facility: 900 } : item,
      );
    const { reach } = feasibility(blueprintOf([passageCell('c1', 3, LEVELS)]), [
      ...timed('a', 10),
      ...timed('b', 20),
    ]);
    expect(reach).toEqual({ score: { min: 25 * 1500, max: 25 * 1900 }, seconds: { min: 30, max: 60 } });
  });

  test('is right for 2,000 passages and 20 cells', () => {
    const pool = Array.from({ length: 2000 }, (_, index) =>
      passage(`p${index}x`, ['KNOW', 'KNOW', 'APPLY', 'UNDERSTAND'], { topic: `T${index % 20}` }),
    ).flat();
    const cells = Array.from({ length: 20 }, (_, index) =>
      passageCell(`c${index}`, 6, LEVELS, { topic: `T${index}` }),
    );
    const report = feasibility(blueprintOf(cells), pool);
    expect(report.feasible).toBe(true);
    expect(report.cells.every(({ have }) => have === 300)).toBe(true);
  });
});

describe('a shortage is named', () => {
  const blueprint = blueprintOf([passageCell('c1', 6, LEVELS, { topic: 'Đọc hiểu' })]);

  test('by topic, kind and levels, in passages', () => {
    const pool = [
      ...passage('a', LEVELS, { topic: 'Đọc hiểu' }),
      ...passage('b', ['KNOW'], { topic: 'Đọc hiểu' }),
    ];
    const { code, values } = refusal(() => requireFeasible(blueprint, pool));
    expect(code).toBe('blueprint-passages-short');
    expect(sentence(code, values, 'en')).toContain(
      'Đọc hiểu × Single choice × 2 Recall, 1 Apply: cell c1 needs 2 passages of 3 questions each, has 1',
    );
    expect(sentence(code, values, 'vi')).toContain(
      'Đọc hiểu × Một lựa chọn × 2 Nhận biết, 1 Vận dụng: ô c1 cần 2 đoạn dẫn, mỗi đoạn 3 câu, có 1',
    );
  });

  test('as a bank without descriptions', () => {
    const { code, values } = refusal(() => requireFeasible(blueprint, poolOf(20, 'k')));
    expect([code, values]).toMatchObject(['blueprint-passages-none', { cell: 'c1', need: 2 }]);
  });
});

describe('the printed matrix', () => {
  const blueprint = blueprintOf([passageCell('c1', 6, LEVELS), matrixCell('c2', 2)]);

  test('counts the questions of passages by their levels', () => {
    const planned = mergeResponses(plannedResponses(blueprint).responses);
    expect(planned.map(({ level, count, quarters }) => [level, count, quarters])).toEqual([
      ['APPLY', 2, 200],
      ['KNOW', 6, 600],
    ]);
    const pool = [...passage('a', LEVELS), ...passage('b', LEVELS), ...poolOf(2, 'k')];
    const slots = pool.map(({ item, kind }) => ({
      item,
      cell: kind === 'description' ? null : 'c',
      points: kind === 'description' ? 0 : 25,
    }));
    const items = new Map(pool.map((item) => [item.item, item]));
    expect(mergeResponses(assembledResponses(slots, items).responses)).toEqual(planned);
  });

  test('is that of ordinary cells with the same questions, in both forms', () => {
    const alike = blueprintOf([matrixCell('c1', 6), matrixCell('c2', 2, { level: 'APPLY' })]);
    for (const form of ['official', 'generic'] as const)
      expect(plannedSections(blueprint, form, 'vi')).toEqual(plannedSections(alike, form, 'vi'));
  });

  test('is that of the schema', () => {
    const isBlueprint = new Ajv().compile(Blueprint);
    expect(isBlueprint(blueprint)).toBe(true);
    const odd = (fields: object): Blueprint => blueprintOf([{ ...passageCell('c1', 6, LEVELS), ...fields }]);
    for (const fields of [{ answer: 3 }, { level: 'KNOW' }, { passage: { levels: [] } }, { passage: {} }])
      expect(isBlueprint(odd(fields))).toBe(false);
  });
});
