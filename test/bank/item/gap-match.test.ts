import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemKind, parseMarkup, type GapMatchContent, type GapMatchKey } from '#bank/item';
import { scoreItem } from '#bank/item/scoring';
import { markingPolicy, type MarkingPolicy } from '#bank/marks';

const policyOf = (name: string): MarkingPolicy => {
  const policy = markingPolicy(name);
  if (!policy) throw new Error(name);
  return policy;
};
const EXACT = policyOf('vn-cv7991');
const CHOICES = ['a', 'b', 'c', 'd', 'e'];

const contentOf = (gaps: number, reuse: boolean): GapMatchContent => ({
  kind: 'gapMatch',
  stem: parseMarkup(`Điền\n${Array.from({ length: gaps }, (_, i) => `Ở [[${i + 1}]]`).join(' ')}`),
  choices: CHOICES.map((id) => ({ id, text: [[{ t: 'text', v: `từ ${id}` }]] })),
  ...(reuse && { reuse }),
});

/** Gaps with the choices that are right there, and what was put into them. */
const cases = fc.integer({ min: 1, max: 6 }).chain((count) =>
  fc.record({
    count: fc.constant(count),
    right: fc.array(fc.subarray(CHOICES, { minLength: 1 }), { minLength: count, maxLength: count }),
    given: fc.array(fc.option(fc.constantFrom(...CHOICES)), { minLength: count, maxLength: count }),
    reuse: fc.boolean(),
    max: fc.integer({ min: 0, max: 500 }),
  }),
);

const keyOf = (right: readonly string[][]): GapMatchKey => ({
  fills: Object.fromEntries(right.map((choices, i) => [String(i + 1), choices])),
});
const responseOf = (given: readonly (string | null)[]) => ({
  p: Object.fromEntries(given.flatMap((choice, i) => (choice === null ? [] : [[String(i + 1), choice]]))),
});

describe('a gap match', () => {
  it('counts each right gap evenly, a word that may be used once only once', () => {
    fc.assert(
      fc.property(cases, ({ count, right, given, reuse, max }) => {
        const item = { content: contentOf(count, reuse), key: keyOf(right), max };
        const { points, exact, parts } = scoreItem(item, responseOf(given), EXACT);
        const used: string[] = [];
        let gained = 0n;
        given.forEach((choice, i) => {
          if (choice === null || !right[i]?.includes(choice) || (!reuse && used.includes(choice))) return;
          used.push(choice);
          gained += 1n;
        });
        const [numerator = '0', denominator = '1'] = (exact ?? String(points)).split('/');
        expect(BigInt(numerator) * BigInt(count)).toBe(BigInt(max) * gained * BigInt(denominator));
        expect(parts.filter(({ outcome }) => outcome === 'blank')).toHaveLength(
          given.filter((choice) => choice === null).length,
        );
      }),
      { numRuns: 500 },
    );
  });

  it('gives all points for a full key, nothing for a blank one, and never less for a gap left blank', () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ count, right, given, max }, at) => {
        const key = { ...keyOf(right), wrong: '-1/2' };
        const item = { content: contentOf(count, true), key, max };
        const full = right.map((choices) => choices[0] ?? null);
        expect(scoreItem(item, responseOf(full), EXACT).points).toBe(max);
        expect(scoreItem(item, null, EXACT).points).toBe(0);
        const wrong = given.map((choice, i) => (i === at % count ? 'zz' : choice));
        const blank = given.map((choice, i) => (i === at % count ? null : choice));
        expect(scoreItem(item, responseOf(blank), EXACT).points).toBeGreaterThanOrEqual(
          scoreItem(item, responseOf(wrong), EXACT).points,
        );
      }),
    );
  });

  it('does not depend on the order of its words', () => {
    fc.assert(
      fc.property(cases, ({ count, right, given, reuse, max }) => {
        const content = contentOf(count, reuse);
        const turned = { ...content, choices: content.choices.toReversed() };
        const scoreOf = (one: GapMatchContent) =>
          scoreItem({ content: one, key: keyOf(right), max }, responseOf(given), EXACT);
        expect(scoreOf(turned)).toEqual(scoreOf(content));
      }),
    );
  });

  it('is checked for gaps, words and weights', () => {
    const problems = (gaps: number, key: GapMatchKey, reuse = false) =>
      itemKind('gapMatch')
        .check(contentOf(gaps, reuse), key)
        .map(({ code, where }) => `${code} ${where}`);
    expect(problems(1, { fills: { '1': ['a'] } })).toEqual([]);
    expect(problems(2, { fills: { '1': [], '2': ['z'] } })).toEqual([
      'item-gap-key gaps.1',
      'item-key-unknown-part key.fills',
    ]);
    const all = Object.fromEntries(['1', '2', '3', '4', '5', '6'].map((gap) => [gap, ['a']]));
    expect(problems(6, { fills: all })).toEqual(['item-gap-choices choices']);
    expect(problems(6, { fills: all }, true)).toEqual([]);
    expect(problems(1, { fills: { '1': ['a'] }, weights: { '1': 'nửa' }, wrong: 'x' })).toEqual([
      'item-weight key.weights.1',
      'item-weight key.weights.wrong',
    ]);
  });
});
