import { describe, expect, it } from 'vitest';
import type { ClozeContent, ClozeKey, GapMatchContent, GapMatchKey } from '#bank/item';
import { checkItem } from '#bank/item/check';
import { lintItem } from '#bank/item/lint';
import { ITEM_WARNINGS } from '#bank/protocol';

const text = (v: string) => [[{ t: 'text' as const, v }]];

function found(content: ClozeContent | GapMatchContent, key: ClozeKey | GapMatchKey): unknown[] {
  expect(checkItem(content.kind, { content, key })).toEqual([]);
  return lintItem(content, key).map(({ code, values }) => {
    expect(ITEM_WARNINGS).toHaveProperty(code);
    return [code, ...Object.values(values ?? {})];
  });
}

describe('gaps of a cloze', () => {
  const list = (id: string, count: number) => ({
    id,
    options: ['x', 'y', 'z', 'v'].slice(0, count).map((name) => ({ id: id + name, text: name })),
  });
  const typed = (...ids: string[]): ClozeContent => ({
    kind: 'cloze',
    stem: text(ids.map((id) => `[[${id}]]`).join(' và ')),
    gaps: ids.map((id) => ({ id })),
  });
  const lists = (count: number): ClozeContent => ({
    ...typed('a', 'b'),
    gaps: [list('a', count), list('b', 4)],
  });

  it('are told where half of all guesses are right, unless a wrong one costs as much', () => {
    const key = { answers: { a: ['ax'], b: ['bx'] } };
    expect(found(lists(2), key)).toEqual([['item-gap-guess', 'a', 50]]);
    expect(found(lists(3), key)).toEqual([]);
    expect(found(lists(4), { answers: { a: ['ax', 'ay'], b: ['bx'] } })).toEqual([
      ['item-gap-guess', 'a', 50],
    ]);
    expect(found(lists(2), { ...key, wrong: '-1/4' })).toEqual([['item-gap-guess', 'a', 50]]);
    expect(found(lists(2), { ...key, wrong: '-1/2' })).toEqual([]);
  });

  it('are told where they take each other’s answers, read as they are marked', () => {
    const key = { answers: { a: ['nút', 'bụng'], b: ['BỤNG', 'nút'] } };
    expect(found(typed('a', 'b'), key)).toEqual([['item-gap-shared', 'b', 'a', 'bụng']]);
    expect(found(typed('a', 'b'), { ...key, distinct: true })).toEqual([]);
    expect(found(typed('a', 'b'), { answers: { a: ['nút'], b: ['Nút'] }, caseSensitive: true })).toEqual([]);
  });

  it('are told where not all can be right together, or do not come to all points', () => {
    const three = (...c: string[]): ClozeKey => ({
      answers: { a: ['x', 'y'], b: ['y', 'x'], c },
      distinct: true,
    });
    expect(found(typed('a', 'b', 'c'), three('x', 'y'))).toEqual([['item-gap-unreachable', 'c']]);
    expect(found(typed('a', 'b', 'c'), three('x', 'z'))).toEqual([]);
    const short = { answers: { a: ['x'], b: ['y'] }, weights: { a: '1/3', b: '1/3' } };
    expect(found(typed('a', 'b'), short)).toEqual([['item-weights-short', 67]]);
    expect(found(typed('a', 'b'), { ...short, weights: { a: '1/3', b: '2/3' } })).toEqual([]);
  });
});

describe('gaps filled from one list', () => {
  const content = (choices: string, reuse?: true): GapMatchContent => ({
    kind: 'gapMatch',
    stem: text('[[1]], [[2]] và [[3]]'),
    choices: [...choices].map((id) => ({ id, text: text(`từ ${id}`) })),
    ...(reuse && { reuse }),
  });
  const fills = { '1': ['a'], '2': ['b'], '3': ['c'] };

  it('are told where the last one is left for the last word', () => {
    expect(found(content('abc'), { fills })).toEqual([['item-gap-no-spare', 3]]);
    expect(found(content('abcd'), { fills })).toEqual([]);
  });

  it('are told where one word everywhere pays half or more', () => {
    const often = { fills: { '1': ['a'], '2': ['a'], '3': ['b'] } };
    expect(found(content('abc', true), often)).toEqual([['item-gap-everywhere', 'a', 67]]);
    expect(found(content('abc', true), { ...often, wrong: '-1/3' })).toEqual([]);
    expect(found(content('abc', true), { fills })).toEqual([]);
  });

  it('are told where not all can be right together', () => {
    const key = { fills: { '1': ['a'], '2': ['a', 'b'], '3': ['b'] } };
    expect(found(content('abcd'), key)).toEqual([['item-gap-unreachable', '3']]);
    expect(found(content('abcd'), { fills: { ...key.fills, '3': ['b', 'c'] } })).toEqual([]);
  });
});
