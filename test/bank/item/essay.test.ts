import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  criterionText,
  isWithin,
  itemKind,
  parseCriterion,
  rubricPoints,
  type EssayContent,
  type EssayKey,
} from '#bank/item';
import { scoreByRubric, scoreItem } from '#bank/item/scoring';
import { markingPolicy } from '#bank/marks';

const policy = markingPolicy('generic') ?? (undefined as never);
const content: EssayContent = { kind: 'essay', stem: [[{ t: 'text', v: 'Viết.' }]], minWords: 100 };
const key: EssayKey = {
  criteria: [
    {
      id: 'a',
      title: 'Luận điểm',
      note: 'bí mật của người chấm',
      levels: [
        { points: 100, text: 'rõ' },
        { points: 50, text: 'chưa rõ' },
      ],
    },
    { id: 'b', title: 'Diễn đạt', levels: [{ points: 200, text: 'mạch lạc' }] },
  ],
};
const shown = [
  { title: 'Luận điểm', points: 100 },
  { title: 'Diễn đạt', points: 200 },
];
const codesOf = (changed: Partial<EssayContent>, changedKey: EssayKey = key) =>
  itemKind('essay')
    .check({ ...content, ...changed }, changedKey)
    .map(({ code }) => code);

describe('an essay item', () => {
  it('is told what is wrong with its rubric and its limits', () => {
    expect(codesOf({})).toEqual([]);
    expect(codesOf({}, { criteria: [] })).toEqual(['item-essay-rubric']);
    expect(codesOf({ maxWords: 50 })).toEqual(['item-essay-words']);
    expect(codesOf({}, { criteria: [{ id: 'a', title: 'A', levels: [] }] })).toEqual(['item-essay-levels']);
    expect(codesOf({ shown })).toEqual([]);
    expect(codesOf({ shown: shown.slice(1) })).toEqual(['item-essay-shown']);
    const twice = { id: 'a', title: 'A', levels: [1, 1].map((points) => ({ points, text: '' })) };
    expect(codesOf({}, { criteria: [twice] })).toEqual(['item-essay-level-twice']);
  });

  it('shows candidates no more of the rubric than was declared, and never the notes of markers', () => {
    const context = { token: (part: string) => part, math: () => '' };
    const view = itemKind('essay').toView({ ...content, shown }, context);
    expect(JSON.stringify(view)).not.toContain('bí mật');
    expect(view).toMatchObject({ kind: 'essay', minWords: 100, shown });
    expect(itemKind('essay').toView(content, context)).not.toHaveProperty('shown');
  });

  it('has no score of its own: what is blank gets nothing, anything else needs a person', () => {
    const score = (e: string | null) =>
      scoreItem({ content, key, max: 300 }, e === null ? null : { e }, policy);
    expect(score('Bài làm')).toEqual({ points: 0, parts: [{ part: 'answer', outcome: 'needsPerson' }] });
    for (const blank of [null, ' \n\t'])
      expect(score(blank)).toEqual({
        points: 0,
        parts: [
          { part: 'a', outcome: 'blank', points: 0 },
          { part: 'b', outcome: 'blank', points: 0 },
        ],
      });
  });

  it('takes the points of a person within the rubric only, and scales them exactly to what the paper gives', () => {
    expect(isWithin(key, { a: 50, b: 200 })).toBe(true);
    for (const bad of [{ a: 50 }, { a: 101, b: 0 }, { a: 50, b: 200, c: 0 }, { a: 50, c: 0 }])
      expect(isWithin(key, bad as Record<string, number>)).toBe(false);
    const given = fc.record({ a: fc.nat(100), b: fc.nat(200) });
    fc.assert(
      fc.property(given, fc.integer({ min: 0, max: 2000 }), (points, max) => {
        const score = scoreByRubric(key, points, max, policy).points;
        const exact = ((points.a + points.b) * max) / rubricPoints(key);
        expect(Math.abs(score - exact)).toBeLessThanOrEqual(0.5);
        expect(scoreByRubric(key, points, 300, policy).points).toBe(points.a + points.b);
      }),
    );
  });

  it('has criteria that are read as they are written', () => {
    for (const criterion of key.criteria)
      expect(parseCriterion(criterion.id, criterionText(criterion, 'vi'))).toEqual(criterion);
    expect(parseCriterion('a', 'Tên\nmột điểm: rõ')).toBeNull();
  });
});
