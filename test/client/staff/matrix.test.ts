import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXAM_FORMATS, checkBlueprint, placedCells, questionCount, totalPoints } from '#bank/blueprint';
import {
  LEVELS,
  type Blueprint,
  type ItemKindName,
  type Level,
  type ListCell,
  type MatrixCell,
  type PassageCell,
  type StrataReport,
} from '#bank/protocol';
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
  profileName,
  profilesOf,
  setCell,
  setKindPoints,
  setKinds,
  setLevelCount,
  setList,
  setPassages,
  setStatements,
  stockOf,
} from '../../../client/staff/matrix/matrix-edits.ts';
import { outcomesText, readOutcomes } from '../../../client/staff/matrix/outcome-text.ts';
import { startFormat } from '../../../client/staff/matrix/start-format.ts';
import { matrixTotals } from '../../../client/staff/matrix/matrix-totals.ts';
import matrices from '../../../scripts/demo/ma-tran.json' with { type: 'json' };

const TOPICS = ['Dao động', 'Sóng', 'Điện trường', 'Dòng điện, mạch điện'];
const ITEM = 'abcdefghijklmnopqrstuv';

const PASSAGES: PassageCell = {
  id: 'I.1',
  count: 6,
  points: 25,
  topic: 'Sóng',
  kind: 'choice',
  passage: { levels: ['KNOW', 'KNOW', 'APPLY'] },
};

const level = fc.constantFrom(...LEVELS);
const answer = fc.constant(1);
const cell = fc.record(
  {
    count: fc.integer({ min: 1, max: 9 }),
    points: fc.integer({ min: 1, max: 300 }),
    topic: fc.constantFrom(...TOPICS),
    level,
    kind: fc.constantFrom(...QUESTION_KINDS),
    statements: fc.array(level, { minLength: 4, maxLength: 4 }),
    answer,
  },
  { requiredKeys: ['count', 'points', 'topic', 'level', 'kind'] },
) as fc.Arbitrary<Omit<MatrixCell, 'id'>>;
const list = fc.record(
  {
    count: fc.integer({ min: 1, max: 5 }),
    points: fc.integer({ min: 1, max: 300 }),
    items: fc.constant([ITEM]),
    answer,
  },
  { requiredKeys: ['count', 'points', 'items'] },
) as fc.Arbitrary<Omit<ListCell, 'id'>>;
const passages = fc
  .record({
    passages: fc.integer({ min: 1, max: 3 }),
    points: fc.integer({ min: 1, max: 300 }),
    topic: fc.constantFrom(...TOPICS),
    kind: fc.constantFrom(...QUESTION_KINDS),
    levels: fc.array(level, { minLength: 1, maxLength: 5 }),
  })
  .map(({ passages: count, levels, ...rest }) => ({
    ...rest,
    count: count * levels.length,
    passage: { levels },
  })) satisfies fc.Arbitrary<Omit<PassageCell, 'id'>>;
const head = fc.record(
  {
    format: fc.constant('thpt-2025-toan'),
    rows: fc.constant([{ topic: 'Sóng', chapter: 'Dao động và sóng', periods: 4 }]),
    scale: fc.constant([{ name: 'Mọi mức', levels: [...LEVELS] }]),
    targets: fc.constant({ seconds: { min: 1, max: 9 } }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<MatrixDraft['head']>;
const parts: fc.Arbitrary<Blueprint> = fc
  .array(
    fc.array(fc.oneof({ weight: 4, arbitrary: cell }, list, passages), { minLength: 1, maxLength: 12 }),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => ({
    parts: parts.map((cells, part) => ({
      title: `Phần ${part}`,
      cells: cells.map((one, index) => ({ id: `x${part}.${index}`, ...one })),
    })),
  }));

const blueprints = fc
  .record({ parts, head })
  .map(({ parts: plain, head: beside }) => ({ ...beside, ...plain }));

/** What a blueprint asks for, whatever its cells are called and in what order they stand. */
function essence({ parts }: Blueprint): string[][] {
  return parts.map(({ cells }) => cells.map(({ id: _id, ...rest }) => sortKeys(JSON.stringify(rest))).sort());
}

describe('the editor keeps a matrix as it is', () => {
  test('for any blueprint, two cells of one stratum included', () => {
    fc.assert(
      fc.property(blueprints, (blueprint) => {
        const again = toBlueprint(toDraft(blueprint, TOPICS));
        expect(essence(again)).toEqual(essence(blueprint));
        expect({ ...again, parts: [] }).toEqual({ ...blueprint, parts: [] });
      }),
    );
  });

  test('with passages, which count by their questions', () => {
    const draft = toDraft({ parts: [{ title: 'I', cells: [PASSAGES] }] }, TOPICS);
    const [part] = draft.parts;
    const key = part?.passages[0]?.key ?? '';
    expect(matrixTotals(draft)).toMatchObject({ count: 6, points: 150, missing: 0 });
    const [row] = part?.passages ?? [];
    const levels = row ? setLevelCount(row, 'UNDERSTAND', 2) : [];
    expect(levels).toEqual(['KNOW', 'KNOW', 'UNDERSTAND', 'UNDERSTAND', 'APPLY']);
    const edited = editPart(draft, part?.key ?? '', (one) =>
      setPassages(one, key, { passages: 2, levels, points: 50 }),
    );
    expect(toBlueprint(edited).parts[0]?.cells).toEqual([
      { ...PASSAGES, id: 'I.1', count: 10, points: 50, passage: { levels } },
    ]);
    const none = editPart(draft, part?.key ?? '', (one) => setPassages(one, key, { levels: [] }));
    expect(isSendable(none)).toBe(false);
  });

  test('with branches, each part in its own', () => {
    const [informatics] = EXAM_FORMATS.filter(({ id }) => id === 'thpt-2025-tin-hoc');
    const draft = informatics && startFormat(informatics, TOPICS, 'vi');
    if (!draft) throw new Error('there is no such format');
    const filled = draft.parts.reduce(
      (made, { key, kinds }) =>
        editPart(made, key, (part) =>
          setCell(part, `${key}/Sóng`, `${kinds[0]?.kind}:KNOW`, {
            count: kinds[0]?.kind === 'choice' ? 24 : 2,
          }),
        ),
      draft,
    );
    const blueprint = toBlueprint(filled);
    expect(checkBlueprint(blueprint, filled.total)).toEqual([]);
    expect(blueprint.parts.map(({ branch }) => branch)).toEqual([undefined, undefined, 'cs', 'ict']);
    expect(toBlueprint(toDraft(blueprint, TOPICS))).toEqual(blueprint);
    expect(matrixTotals(filled)).toMatchObject({ count: 30, points: 1000, missing: 0 });
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
          const lists = [
            ...(draft.parts[index]?.lists ?? []),
            ...(draft.parts[index]?.passages ?? []).map(({ passages: count, levels, points }) => ({
              count: count * levels.length,
              points,
              answer: undefined,
            })),
          ];
          const listed = lists.reduce((sum, { count }) => sum + count, 0);
          const rows = Object.values(part.rows).reduce((sum, { count }) => sum + count, 0);
          const columns = Object.values(part.columns).reduce((sum, { points }) => sum + points, 0);
          const listedPoints = lists.reduce((sum, one) => sum + (one.answer ?? one.count) * one.points, 0);
          expect(rows + listed).toBe(part.count);
          expect(columns + listedPoints).toBe(part.points);
        });
      }),
    );
  });

  test('say what is missing to the declared points, and what is too many', () => {
    const start: MatrixDraft = {
      parts: [newPart('p', 'Phần I', ['choice'], TOPICS)],
      head: {},
      total: 1000,
    };
    const row = 'p/Sóng';
    const some = editPart(start, 'p', (part) => setCell(part, row, 'choice:KNOW', { count: 4 }));
    expect(matrixTotals(some)).toMatchObject({ count: 4, points: 100, missing: 900 });
    const many = editPart(some, 'p', (part) => setKindPoints(part, 'choice', 300));
    expect(matrixTotals(many).missing).toBe(-200);
  });
});

describe('editing', () => {
  const start: MatrixDraft = {
    parts: [newPart('p0', 'Phần I', ['choice'], TOPICS)],
    head: {},
    total: 1000,
  };

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

  test('clusters are asked for by the levels of their statements, and the bank tells how many fit', () => {
    const cluster = { topic: 'Sóng', kind: 'tfCluster' as const };
    const strata: StrataReport = {
      strata: [
        { ...cluster, level: 'UNDERSTAND', count: 3 },
        { ...cluster, level: 'APPLY', statements: ['KNOW', 'KNOW', 'UNDERSTAND', 'APPLY'], count: 2 },
        { ...cluster, level: 'UNDERSTAND', statements: ['KNOW', 'KNOW', 'UNDERSTAND', 'APPLY'], count: 1 },
      ],
    };
    const mixed: Level[] = ['APPLY', 'KNOW', 'UNDERSTAND', 'KNOW'];
    expect(stockOf(strata)('Sóng', 'tfCluster', 'UNDERSTAND')).toBe(4);
    expect(stockOf(strata)('Sóng', 'tfCluster', 'UNDERSTAND', mixed)).toBe(3);
    expect(profilesOf(strata, 'Sóng').map(profileName)).toEqual(['4UNDERSTAND', '2KNOW+1UNDERSTAND+1APPLY']);
    expect(profilesOf(strata, 'Dao động')).toEqual([]);
    const kinds = editPart(start, 'p0', (part) => setKinds(part, ['tfCluster']));
    const asked = editPart(kinds, 'p0', (part) =>
      setStatements(
        setCell(part, 'p0/Sóng', 'tfCluster:APPLY', { count: 1 }),
        'p0/Sóng',
        'tfCluster:APPLY',
        mixed,
      ),
    );
    expect(placedDrafts(asked)[0]?.cell).toMatchObject({ count: 1, statements: mixed });
    const any = editPart(asked, 'p0', (part) => setStatements(part, 'p0/Sóng', 'tfCluster:APPLY', undefined));
    expect(placedDrafts(any)[0]?.cell).not.toHaveProperty('statements');
  });

  test('outcomes are read as they are written', () => {
    const phrase = fc.stringMatching(/^[a-zà-ỹ]{1,9}( [a-z]{1,9}){0,3}$/);
    const name = fc.stringMatching(/^[A-Z0-9.]{1,8}$/);
    const outcome = fc.record(
      { text: phrase, code: name, competence: name },
      { requiredKeys: ['text'] },
    ) as fc.Arbitrary<{ text: string; code?: string; competence?: string }>;
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 4 }), level, (list, at) => {
        const outcomes = list.map((one) => ({ ...one, level: at }));
        expect(readOutcomes(outcomesText(outcomes, at), at)).toEqual(outcomes);
      }),
    );
    expect(readOutcomes(' \n [L1]  Nêu được # dấu\n', 'KNOW')).toEqual([
      { level: 'KNOW', code: 'L1', text: 'Nêu được # dấu' },
    ]);
  });

  test('parts are counted in Roman numerals', () => {
    expect([1, 2, 3, 4, 5, 9, 14, 20].map(roman)).toEqual(['I', 'II', 'III', 'IV', 'V', 'IX', 'XIV', 'XX']);
  });
});
