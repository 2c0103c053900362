import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemKind, ORDERING_SCHEMES, toOrdering, type ItemContent, type OrderingKey } from '#bank/item';
import { lintItem } from '#bank/item/lint';
import { scoreItem } from '#bank/item/scoring';
import { markingPolicy, type MarkingPolicy } from '#bank/marks';

const policyOf = (name: string): MarkingPolicy => {
  const policy = markingPolicy(name);
  if (!policy) throw new Error(name);
  return policy;
};
const EXACT = policyOf('vn-cv7991');
const BY_ITEM = policyOf('vn-thpt-2025');
const stem: ItemContent['stem'] = [[{ t: 'text', v: 'Sắp xếp' }]];
const text = (v: string) => [[{ t: 'text' as const, v }]];
const contentOf = (ids: readonly string[]): ItemContent => ({
  kind: 'ordering',
  stem,
  parts: ids.toSorted().map((id) => ({ id, text: text(`phần ${id}`) })),
});
const letters = (count: number) => Array.from({ length: count }, (_, i) => String.fromCodePoint(97 + i));

/** A right order, another order of the same parts or of some of them, and points. */
const cases = fc.integer({ min: 2, max: 8 }).chain((count) =>
  fc.record({
    order: fc.shuffledSubarray(letters(count), { minLength: count }),
    given: fc.shuffledSubarray(letters(count)),
    max: fc.integer({ min: 0, max: 500 }),
  }),
);

function score(key: OrderingKey, o: readonly string[], max: number, policy = EXACT) {
  return scoreItem({ content: contentOf(key.order), key, max }, { o: [...o] }, policy);
}

/** Twice the points times all pairs or neighbours, counted anew over every two parts. */
function oracle(
  { order, orderScheme }: OrderingKey,
  given: readonly string[],
  max: number,
): [bigint, bigint] {
  let [gained, all] = [0n, 0n];
  for (let i = 0; i < order.length; i++) {
    for (let j = i + 1; j < order.length; j++) {
      if (orderScheme === 'adjacent' && j !== i + 1) continue;
      all += 1n;
      const [a, b] = [given.indexOf(order[i] ?? ''), given.indexOf(order[j] ?? '')];
      if (a < 0 || b < 0) continue;
      if (orderScheme === 'adjacent') gained += b === a + 1 ? 1n : 0n;
      else gained += a < b ? 1n : -1n;
    }
  }
  return [BigInt(max) * (gained > 0n ? gained : 0n), all];
}

describe('an ordering', () => {
  it.each(ORDERING_SCHEMES)('gives all points for the right order by %s', (orderScheme) => {
    fc.assert(
      fc.property(cases, ({ order, max }) => {
        const { points, parts } = score({ order, orderScheme }, order, max);
        expect([points, parts.every(({ outcome }) => outcome === 'right')]).toEqual([max, true]);
      }),
    );
  });

  it('gives nothing for any other order when it counts as a whole', () => {
    fc.assert(
      fc.property(cases, ({ order, given, max }) => {
        const right = given.join() === order.join();
        expect(score({ order, orderScheme: 'exact' }, given, max).points).toBe(right ? max : 0);
      }),
    );
  });

  it.each(['adjacent', 'kendall'] as const)('counts what is right by %s, exactly', (orderScheme) => {
    fc.assert(
      fc.property(cases, ({ order, given, max }) => {
        const { points, exact } = score({ order, orderScheme }, given, max);
        const [gained, all] = oracle({ order, orderScheme }, given, max);
        const [numerator = '0', denominator = '1'] = (exact ?? String(points)).split('/');
        expect(BigInt(numerator) * all).toBe(gained * BigInt(denominator));
        const rounded = score({ order, orderScheme }, given, max, BY_ITEM).points;
        expect(BigInt(rounded)).toBe((2n * gained + all) / (2n * all));
      }),
      { numRuns: 500 },
    );
  });

  it('is never worse for one pair of neighbours put right by Kendall, and pays nothing backwards', () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ order, max }, n) => {
        const key = { order, orderScheme: 'kendall' as const };
        expect(score(key, order.toReversed(), max).points).toBe(0);
        const at = n % (order.length - 1);
        const swapped = [...order];
        swapped.splice(at, 2, order[at + 1] ?? '', order[at] ?? '');
        expect(score(key, swapped, max).points).toBeLessThanOrEqual(max);
      }),
    );
  });

  it('does not depend on what its parts are called', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(...ORDERING_SCHEMES), ({ order, given, max }, orderScheme) => {
        const renamed = (ids: readonly string[]) => ids.map((id) => `z${122 - (id.codePointAt(0) ?? 0)}`);
        const before = score({ order, orderScheme }, given, max);
        const after = score({ order: renamed(order), orderScheme }, renamed(given), max);
        expect([after.points, after.exact]).toEqual([before.points, before.exact]);
      }),
    );
  });

  it('is blank without an answer, and explains each part', () => {
    const key = { order: ['b', 'a', 'c'], orderScheme: 'kendall' as const };
    const item = { content: contentOf(key.order), key, max: 100 };
    for (const blank of [null, { o: [] }, { x: 'a' }])
      expect(scoreItem(item, blank, EXACT)).toEqual({
        points: 0,
        parts: ['a', 'b', 'c'].map((part) => ({ part, outcome: 'blank' })),
      });
    expect(scoreItem(item, { o: ['b', 'c', 'a'] }, EXACT).parts).toEqual([
      { part: 'a', outcome: 'wrong', share: '1/3' },
      { part: 'b', outcome: 'right', share: '0' },
      { part: 'c', outcome: 'wrong', share: '0' },
    ]);
  });

  it('stands in its content so that the right order is not told', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.stringMatching(/^[a-zđ]{1,6}$/), { minLength: 2, maxLength: 8 }),
        (words) => {
          const forward = toOrdering(words.map(text));
          expect(toOrdering(words.toReversed().map(text)).parts).toEqual(forward.parts);
          const byId = new Map(forward.parts.map((part) => [part.id, part.text]));
          expect(forward.order.map((id) => byId.get(id))).toEqual(words.map(text));
        },
      ),
    );
  });

  it('warns of two parts, of which a guess gets half right', () => {
    const key = (order: string[]) => ({ order, orderScheme: 'exact' as const });
    const found = (order: string[]) => lintItem(contentOf(order), key(order)).map(({ code }) => code);
    expect([found(['a', 'b']), found(['a', 'b', 'c'])]).toEqual([['item-ordering-guess'], []]);
  });

  it('is checked for parts without a place and places without a part', () => {
    const { check } = itemKind('ordering');
    const key = (...order: string[]) => ({ order, orderScheme: 'exact' as const });
    const problems = (parts: string[], ...order: string[]) =>
      check(contentOf(parts), key(...order)).map(({ code, where }) => `${code} ${where}`);
    expect(problems(['a', 'b'], 'a', 'b')).toEqual([]);
    expect(problems(['a'], 'a')).toEqual(['item-ordering-parts parts']);
    expect(problems(['a', 'b'], 'b')).toEqual(['item-ordering-unplaced key.order.a']);
    expect(problems(['a', 'b'], 'a', 'b', 'c')).toEqual(['item-key-unknown-part key.order']);
  });
});
