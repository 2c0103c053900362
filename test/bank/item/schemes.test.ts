import { describe, expect, it } from 'vitest';
import { itemKind, parseDecimal, type ItemContent, type ItemKey, type NumericEntry } from '#bank/item';
import { checkItem } from '#bank/item/check';
import { lintItem } from '#bank/item/lint';
import { scoreItem, type CanonicalResponse } from '#bank/item/scoring';
import { markingPolicy, type MarkingPolicy } from '#bank/marks';

const policyOf = (name: string): MarkingPolicy => {
  const policy = markingPolicy(name);
  if (!policy) throw new Error(name);
  return policy;
};
const EXACT = policyOf('vn-cv7991');
const BY_ITEM = policyOf('vn-thpt-2025');

const stem: ItemContent['stem'] = [[{ t: 'text', v: 'Câu hỏi' }]];
const parts = (...ids: string[]) => ids.map((id) => ({ id, text: [[{ t: 'text' as const, v: id }]] }));
const five: ItemContent = { kind: 'multiple', stem, options: parts('a', 'b', 'c', 'd', 'e'), shuffle: true };
const score = (content: ItemContent, key: ItemKey, response: CanonicalResponse, policy = EXACT, max = 100) =>
  scoreItem({ content, key, max }, response, policy);

describe('the schemes of a multiple response', () => {
  // the table of the psychometric report: 5 options, 2 right
  it.each([
    ['allOrNothing', { all: 0, none: 0, one: 0, oneAndOne: 0, guess: 1 / 32 }],
    ['rightMinusWrong', { all: 0, none: 0, one: 50, oneAndOne: 0, guess: 0.11 }],
    ['weights', { all: 0, none: 0, one: 50, oneAndOne: 17, guess: 0.19 }],
    ['surplus', { all: 0, none: 0, one: 50, oneAndOne: 50, guess: 0.2 }],
  ] as const)('%s pays as its table says', (scheme, expected) => {
    const key = { correct: ['a', 'b'], scheme };
    const points = (m: string[]) => score(five, key, { m }).points;
    expect(points(['a', 'b'])).toBe(100);
    expect(points([...'abcde'])).toBe(expected.all);
    expect(points([])).toBe(expected.none);
    expect(points(['a'])).toBe(expected.one);
    expect(points(['b', 'd'])).toBe(expected.oneAndOne);
    const subsets = Array.from({ length: 32 }, (_, bits) => [...'abcde'].filter((_id, i) => bits & (1 << i)));
    const mean = subsets.reduce((sum, m) => sum + points(m), 0) / 3_200;
    expect(Math.abs(mean - expected.guess)).toBeLessThan(0.006);
  });

  it('keeps thirds exact, and tells what each option brought', () => {
    const key: ItemKey = { correct: ['a', 'b', 'c'], scheme: 'weights' };
    expect(score(five, key, { m: ['a', 'd'] })).toEqual({
      points: 0,
      parts: [
        { part: 'a', outcome: 'right', share: '1/3' },
        { part: 'b', outcome: 'wrong' },
        { part: 'c', outcome: 'wrong' },
        { part: 'd', outcome: 'wrong', share: '-1/2' },
        { part: 'e', outcome: 'right' },
      ],
    });
    expect(score(five, key, { m: ['a'] })).toMatchObject({ points: 33, exact: '100/3' });
    expect(score(five, key, { m: ['a'] }, BY_ITEM)).toMatchObject({ points: 33 });
    expect(score(five, key, { m: ['a'] }, BY_ITEM)).not.toHaveProperty('exact');
  });

  it('takes the author’s weights, from 0 to all', () => {
    const weights = { a: '1/2', b: '50%', c: '-0,25', d: '-1' };
    const key: ItemKey = { correct: ['a', 'b'], scheme: 'weights', weights };
    const points = (...m: string[]) => score(five, key, { m }).points;
    expect([points('a', 'b'), points('a', 'c'), points('a', 'd'), points('a', 'e')]).toEqual([
      100, 25, 0, 50,
    ]);
    expect(points('a', 'b', 'c', 'd', 'e')).toBe(0);
  });

  it('refuses weights that cannot be read or name no option', () => {
    const codes = (weights: Record<string, string>) =>
      checkItem('multiple', { content: five, key: { correct: ['a'], scheme: 'weights', weights } }).map(
        ({ code, where }) => `${code} ${where}`,
      );
    expect(codes({ a: 'x' })).toEqual(['item-weight key.weights.a']);
    expect(codes({ a: '1/0' })).toEqual(['item-weight key.weights.a']);
    expect(codes({ z: '1' })).toEqual(['item-key-unknown-part key.weights']);
    expect(codes({ a: '1', b: '-1/6' })).toEqual([]);
  });

  it.each<[ItemKey, string[]]>([
    [{ correct: ['a', 'b'], scheme: 'rightMinusWrong' }, []],
    [{ correct: ['a', 'b', 'c'], scheme: 'rightMinusWrong' }, ['item-pays-for-all 33']],
    [{ correct: ['a', 'b', 'c', 'd'], scheme: 'surplus' }, ['item-pays-for-all 75']],
    [{ correct: ['a', 'b', 'c', 'd'], scheme: 'allOrNothing' }, []],
    [{ correct: [...'abcde'], scheme: 'allOrNothing' }, ['item-pays-for-all 100']],
    [{ correct: ['a', 'b'], scheme: 'weights' }, []],
    [
      { correct: ['a', 'b'], scheme: 'weights', weights: { a: '1/4', b: '1/4', c: '-1' } },
      ['item-weights-short 50'],
    ],
    [{ correct: ['a'], scheme: 'weights', weights: { a: '1' } }, ['item-pays-for-all 100']],
  ])('the lint of %j says %j', (key, expected) => {
    const found = lintItem(five, key);
    expect(found.map(({ code, values }) => `${code} ${values?.['percent']}`)).toEqual(expected);
  });
});

describe('numbers', () => {
  const right = (key: ItemKey, x: string, entry?: NumericEntry) =>
    score({ kind: 'numeric', stem, ...(entry && { entry }) }, key, { x }).points === 100;

  it.each<[ItemKey, string[], string[]]>([
    [{ value: '2,4', upTo: '2,6' }, ['2,4', '2,5', '2.60'], ['2,39999', '2,60001']],
    [{ value: '-3', upTo: '-1', alternatives: ['7'] }, ['-3', '-2', '-1', '7'], ['-3,1', '0', '7,1']],
    [{ value: '20', tolerance: '10%' }, ['18', '22'], ['17,999', '22,001']],
    [{ value: '-20', tolerance: '10%' }, ['-18', '-22'], ['-17,999', '-22,001', '20']],
    [{ value: '0', tolerance: '10%' }, ['0'], ['0,0001']],
    [{ value: '3,14159', round: { decimals: 2 } }, ['3,14', '3,144', '3,135'], ['3,134', '3,145']],
    [{ value: '-0,5', round: { decimals: 0 } }, ['-1', '-0,5', '-1,4'], ['0', '-0,4', '1']],
    [{ value: '1234', round: { digits: 2 } }, ['1200', '1249', '1150'], ['1250', '1149', '120']],
    [{ value: '0,0999', round: { digits: 2 } }, ['0,1', '0,0999', '0,0995'], ['0,0994', '0,11']],
  ])('%j takes %j and not %j', (key, yes, no) => {
    expect(yes.filter((x) => !right(key, x))).toEqual([]);
    expect(no.filter((x) => right(key, x))).toEqual([]);
  });

  it('is read as the item asks, and shown to the candidate so', () => {
    expect(parseDecimal('1.5', 'comma')).toBeNull();
    expect(parseDecimal('1,5', 'point')).toBeNull();
    expect(right({ value: '1,5' }, '1.5', 'comma')).toBe(false);
    const context = { token: (part: string) => part, math: () => '' };
    const view = itemKind('numeric').toView({ kind: 'numeric', stem, entry: 'sheet' }, context);
    expect(view).toMatchObject({ entry: 'sheet' });
  });

  it.each([
    [{ value: '3', upTo: '2' }, undefined, 'item-numeric-range'],
    [{ value: '3', tolerance: '1', round: { digits: 2 } }, undefined, 'item-numeric-round'],
    [{ value: '-12,5' }, 'sheet', 'item-numeric-sheet'],
    [{ value: '3', tolerance: '-2%' }, undefined, 'item-numeric-tolerance'],
    [{ value: '3', upTo: 'x' }, undefined, 'item-numeric-key'],
  ] as const)('refuses %j (%s): %s', (key, entry, code) => {
    const content: ItemContent = { kind: 'numeric', stem, ...(entry && { entry }) };
    expect(checkItem('numeric', { content, key }).map((problem) => problem.code)).toEqual([code]);
  });
});

describe('short texts', () => {
  const content: ItemContent = { kind: 'shortText', stem };
  const right = (key: ItemKey, x: string) => score(content, key, { x }).points === 100;

  it.each([
    ['dao*', ['dao', 'dao động', 'DAO ĐỘNG'], ['da', 'sao dao']],
    ['*điều hoà*', ['dao động điều hòa', 'điều hoà', 'điều hoà tắt dần'], ['điều', 'điều  hoá']],
    ['t?n số', ['tần số', 'ton số'], ['tn số', 'tầnn số']],
    ['a\\*b', ['a*b'], ['axb', 'a\\*b']],
    ['*a*a*a*b', ['aaab', 'xaxaxab'], ['aab', 'aaaba']],
  ])('the pattern %j takes %j and not %j', (pattern, yes, no) => {
    const key = { accepted: [], patterns: [pattern] };
    expect(yes.filter((x) => !right(key, x))).toEqual([]);
    expect(no.filter((x) => right(key, x))).toEqual([]);
  });

  it('matches what would ruin a backtracking matcher in a bounded number of steps', () => {
    const key = { accepted: [], patterns: [`${'*a'.repeat(150)}*b`] };
    expect(right(key, 'a'.repeat(500))).toBe(false);
    expect(right(key, `${'a'.repeat(499)}b`)).toBe(true);
  });

  it.each([
    [
      'giao\\s*thoa( sóng)?',
      ['giao thoa', 'Giaothoa', 'GIAO THOA SÓNG'],
      ['giao thoa ánh sáng', 'sự giao thoa'],
    ],
    ['(nút|bụng) sóng', ['nút sóng', 'Bụng  sóng'], ['nút', 'đầu nút sóng']],
    ['[0-9]{2,3} ?hz', ['50Hz', '440 hz'], ['5 Hz', '50 Hz.']],
    ['điều hòa', ['điều hoà', 'Điều hòa'], ['điều hoá']],
    ['\\d+,\\d', ['12,5'], ['12.5', 'D+,D']],
  ])('the expression %j takes %j and not %j', (expression, yes, no) => {
    const key = { accepted: [], expressions: [expression] };
    expect(checkItem('shortText', { content, key })).toEqual([]);
    expect(yes.filter((x) => !right(key, x))).toEqual([]);
    expect(no.filter((x) => right(key, x))).toEqual([]);
  });

  it('reads expressions as it reads answers: capitals and tones as the author says', () => {
    const key = { accepted: [], expressions: ['Kỳ (thi|học)'] };
    expect(right({ ...key, caseSensitive: true }, 'Kỳ thi')).toBe(true);
    expect(right({ ...key, caseSensitive: true }, 'kỳ thi')).toBe(false);
    expect(right({ ...key, folds: ['tones', 'iy'] }, 'ki hoc')).toBe(true);
    expect(right({ ...key, folds: ['tones', 'iy'] }, 'ki hôc')).toBe(false);
    expect(right(key, 'kì thi')).toBe(false);
  });

  it('takes an answer that would ruin a backtracking matcher through a bounded number of steps', () => {
    for (const expression of ['(a+)+b', '(a|aa)+b', '(?:a?){60}a{60}b'])
      expect(right({ accepted: [], expressions: [expression] }, 'a'.repeat(500))).toBe(false);
  });

  it('refuses expressions that it cannot read, that are too large, and that take any answer', () => {
    const problems = (expression: string) =>
      checkItem('shortText', { content, key: { accepted: ['a'], expressions: [expression] } }).map(
        ({ code, where, values }) => [code, where, values?.['piece']],
      );
    const where = 'key.expressions.0';
    expect(problems('(?=a)b')).toEqual([['item-expression', where, '(?=']]);
    expect(problems('(?<!a)b')).toEqual([['item-expression', where, '(?<!a)b']]);
    expect(problems('(a)\\1')).toEqual([['item-expression', where, '\\1']]);
    expect(problems('a{1001}')).toEqual([['item-expression', where, '{1001}']]);
    expect(problems('a(b')).toEqual([['item-expression', where, 'a(b']]);
    expect(problems('(?:a{0,30}){30}')).toEqual([['item-expression-large', where, undefined]]);
    for (const any of ['.*', '.+', 'a*', '[^q]+']) expect(problems(any)[0]?.[0]).toBe('item-expression-any');
  });

  it('lets pass only what the author says', () => {
    const all = { accepted: ['kỳ thi', 'lý'], folds: ['tones', 'iy'] as ('tones' | 'iy')[] };
    expect(['kì thi', 'ki thi', 'KY THI', 'li'].filter((x) => !right(all, x))).toEqual([]);
    expect(right({ accepted: ['kỳ thi'], folds: ['iy'] }, 'kì thi')).toBe(true);
    expect(right({ accepted: ['kỳ thi'], folds: ['iy'] }, 'ki thi')).toBe(false);
    expect(right({ accepted: ['kỳ thi'], folds: ['tones'] }, 'kì thi')).toBe(false);
    expect(right({ accepted: ['đường'], folds: ['tones'] }, 'đương')).toBe(true);
    expect(right({ accepted: ['đường'], folds: ['tones'] }, 'duong')).toBe(false);
    expect(right({ accepted: ['máy'], folds: ['iy'] }, 'mái')).toBe(false);
    expect(right({ accepted: ['yêu'], folds: ['iy'] }, 'iêu')).toBe(false);
    expect(right({ accepted: ['quý'], folds: ['iy'] }, 'quí')).toBe(true);
  });

  it('refuses a pattern that takes any answer', () => {
    const codes = (...patterns: string[]) =>
      checkItem('shortText', { content, key: { accepted: [], patterns } }).map(({ code }) => code);
    expect(codes('*')).toEqual(['item-short-text-pattern']);
    expect(codes('a*')).toEqual([]);
    expect(codes()).toEqual(['item-key-missing']);
  });
});

it('matching is exact where the policy rounds once', () => {
  const content: ItemContent = {
    kind: 'matching',
    stem,
    prompts: parts('p', 'q', 'r'),
    choices: parts('x', 'y', 'z'),
  };
  const key = { pairs: { p: 'x', q: 'y', r: 'z' } };
  expect(score(content, key, { p: { p: 'x', q: 'y', r: 'x' } })).toEqual({
    points: 67,
    exact: '200/3',
    parts: [
      { part: 'p', outcome: 'right', share: '1/3' },
      { part: 'q', outcome: 'right', share: '1/3' },
      { part: 'r', outcome: 'wrong', share: '0' },
    ],
  });
});
