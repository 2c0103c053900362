import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { placedCells, questionCount, totalPoints } from '#bank/blueprint';
import { LEVELS, type Blueprint, type ItemKindName, type ListCell, type MatrixCell } from '#bank/protocol';
import {
  isSendable,
  newPart,
  placedDrafts,
  QUESTION_KINDS,
  roman,
  toBlueprint,
  toDraft,
  type MatrixDraft,
} from '../../../client/staff/matrix/matrix-draft.ts';
import {
  addPart,
  editPart,
  levelsOf,
  setCell,
  setKindPoints,
  setKinds,
  setList,
  stockOf,
} from '../../../client/staff/matrix/matrix-edits.ts';
import { matrixTotals } from '../../../client/staff/matrix/matrix-totals.ts';
import matrices from '../../../scripts/demo/ma-tran.json' with { type: 'json' };

const TOPICS = ['Dao động', 'Sóng', 'Điện trường', 'Dòng điện, mạch điện'];
const ITEM = 'abcdefghijklmnopqrstuv';

const cell: fc.Arbitrary<Omit<MatrixCell, 'id'>> = fc.record({
  count: fc.integer({ min: 1, max: 9 }),
  points: fc.integer({ min: 1, max: 300 }),
  topic: fc.constantFrom(...TOPICS),
  level: fc.constantFrom(...LEVELS),
  kind: fc.constantFrom(...QUESTION_KINDS),
});
const list: fc.Arbitrary<Omit<ListCell, 'id'>> = fc.record({
  count: fc.integer({ min: 1, max: 5 }),
  points: fc.integer({ min: 1, max: 300 }),
  items: fc.constant([ITEM]),
});
const blueprints: fc.Arbitrary<Blueprint> = fc
  .array(fc.array(fc.oneof({ weight: 4, arbitrary: cell }, list), { minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => ({
    parts: parts.map((cells, part) => ({
      title: `Phần ${part}`,
      cells: cells.map((one, index) => ({ id: `x${part}.${index}`, ...one })),
    })),
  }));

/** What a blueprint asks for, whatever its cells are called and in what order they stand. */
function essence({ parts }: Blueprint): string[][] {
  return parts.map(({ cells }) => cells.map(({ id: _id, ...rest }) => JSON.stringify(rest)).sort());
}

describe('the editor keeps a matrix as it is', () => {
  test('for any blueprint, two cells of one stratum included', () => {
    fc.assert(
      fc.property(blueprints, (blueprint) => {
        const again = toBlueprint(toDraft(blueprint, TOPICS));
        expect(essence(again).map((part) => part.map(sortKeys))).toEqual(
          essence(blueprint).map((part) => part.map(sortKeys)),
        );
      }),
    );
  });

  test.each(Object.entries(matrices))('for matrix %s of the demo, order included', (_name, { blueprint }) => {
    const given = blueprint as Blueprint;
    expect(toBlueprint(toDraft(given, TOPICS))).toEqual(given);
  });
});

function sortKeys(json: string): string {
  return JSON.stringify(Object.entries(JSON.parse(json) as object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe('totals', () => {
  test('agree with the engine and with their margins', () => {
    fc.assert(
      fc.property(blueprints, (blueprint) => {
        const draft = toDraft(blueprint, TOPICS);
        const totals = matrixTotals(draft);
        expect(totals.count).toBe(questionCount(blueprint));
        expect(totals.points).toBe(totalPoints(blueprint));
        expect(totals.missing).toBe(0);
        totals.parts.forEach((part, index) => {
          const lists = draft.parts[index]?.lists ?? [];
          const listed = lists.reduce((sum, { count }) => sum + count, 0);
          const rows = Object.values(part.rows).reduce((sum, { count }) => sum + count, 0);
          const columns = Object.values(part.columns).reduce((sum, { points }) => sum + points, 0);
          const listedPoints = lists.reduce((sum, { count, points }) => sum + count * points, 0);
          expect(rows + listed).toBe(part.count);
          expect(columns + listedPoints).toBe(part.points);
        });
      }),
    );
  });

  test('say what is missing to the declared points, and what is too many', () => {
    const start: MatrixDraft = { parts: [newPart('p', 'Phần I', ['choice'], TOPICS)], total: 1000 };
    const row = 'p/Sóng';
    const some = editPart(start, 'p', (part) => setCell(part, row, 'choice:KNOW', { count: 4 }));
    expect(matrixTotals(some)).toMatchObject({ count: 4, points: 100, missing: 900 });
    expect(matrixTotals(some).levels.KNOW).toEqual({ count: 4, points: 100 });
    const many = editPart(some, 'p', (part) => setKindPoints(part, 'choice', 300));
    expect(matrixTotals(many).missing).toBe(-200);
  });
});

describe('editing', () => {
  const start: MatrixDraft = { parts: [newPart('p0', 'Phần I', ['choice'], TOPICS)], total: 1000 };

  test('cell ids are unique and counted in each part', () => {
    fc.assert(
      fc.property(blueprints, (blueprint) => {
        const ids = placedCells(toBlueprint(toDraft(blueprint, TOPICS))).map(({ cell }) => cell.id);
        expect(new Set(ids).size).toBe(ids.length);
        for (const id of ids) expect(id).toMatch(/^[IVX]+\.\d+$/);
      }),
    );
  });

  test('points of a cell follow those of its kind until they are set', () => {
    const with2 = editPart(start, 'p0', (part) => setCell(part, 'p0/Sóng', 'choice:KNOW', { count: 2 }));
    const changed = editPart(with2, 'p0', (part) => setKindPoints(part, 'choice', 40));
    expect(placedDrafts(changed)[0]?.cell.points).toBe(40);
    const own = editPart(changed, 'p0', (part) => setCell(part, 'p0/Sóng', 'choice:KNOW', { points: 75 }));
    const later = editPart(own, 'p0', (part) => setKindPoints(part, 'choice', 50));
    expect(placedDrafts(later)[0]?.cell.points).toBe(75);
  });

  test('a kind that is taken away takes its cells along', () => {
    const kinds: ItemKindName[] = ['choice', 'numeric'];
    let draft = editPart(start, 'p0', (part) => setKinds(part, kinds));
    draft = editPart(draft, 'p0', (part) => setCell(part, 'p0/Sóng', 'numeric:APPLY', { count: 1 }));
    draft = editPart(draft, 'p0', (part) => setCell(part, 'p0/Sóng', 'choice:KNOW', { count: 1 }));
    draft = editPart(draft, 'p0', (part) => setKinds(part, ['choice']));
    draft = editPart(draft, 'p0', (part) => setKinds(part, kinds));
    expect(placedDrafts(draft).map(({ column }) => column)).toEqual(['choice:KNOW']);
  });

  test('an empty matrix and a list without questions cannot be sent', () => {
    expect(isSendable(start)).toBe(false);
    const listed = editPart(start, 'p0', (part) => ({
      ...part,
      lists: [{ key: 'l', count: 10, points: 100, items: [] }],
    }));
    expect(isSendable(listed)).toBe(false);
    expect(isSendable(editPart(listed, 'p0', (part) => setList(part, 'l', { items: [ITEM] })))).toBe(true);
    const two = addPart(listed, 'Phần II', ['choice'], TOPICS);
    expect(new Set(two.parts.map(({ key }) => key)).size).toBe(2);
  });

  test('levels without any question in the bank get no column, unless they are asked for', () => {
    const strata = { strata: [{ topic: 'Sóng', level: 'KNOW', kind: 'choice', count: 3 } as const] };
    const part = newPart('p', '', ['choice'], TOPICS);
    expect(levelsOf(part, 'choice', strata)).toEqual(['KNOW']);
    const asked = setCell(part, 'p/Sóng', 'choice:APPLY_HIGH', { count: 1 });
    expect(levelsOf(asked, 'choice', strata)).toEqual(['KNOW', 'APPLY_HIGH']);
    expect(stockOf(strata)('Sóng', 'choice', 'KNOW')).toBe(3);
    expect(stockOf(strata)('Sóng', 'choice', 'APPLY')).toBe(0);
  });

  test('parts are counted in Roman numerals', () => {
    expect([1, 2, 3, 4, 5, 9, 14, 20].map(roman)).toEqual(['I', 'II', 'III', 'IV', 'V', 'IX', 'XIV', 'XX']);
  });
});
