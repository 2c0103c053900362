import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  gapText,
  itemKind,
  parseGap,
  parseGapWorth,
  parseMarkup,
  renameGaps,
  toMarkup,
  type ClozeKey,
  type ItemContent,
} from '#bank/item';
import { scoreItem, type CanonicalResponse } from '#bank/item/scoring';
import { markingPolicy, type MarkingPolicy } from '#bank/marks';

const policyOf = (name: string): MarkingPolicy => {
  const policy = markingPolicy(name);
  if (!policy) throw new Error(name);
  return policy;
};
const EXACT = policyOf('vn-cv7991');
const BY_ITEM = policyOf('vn-thpt-2025');

type Cloze = Extract<ItemContent, { kind: 'cloze' }>;
const LIST = ['giây', 'héc', 'mét'];
const gapIdsOf = (count: number) => Array.from({ length: count }, (_, i) => String.fromCodePoint(97 + i));

/** Gaps by turns typed and picked; the answer to gap n is its n-th word, or the option of that name. */
function clozeOf(count: number): { content: Cloze; key: ClozeKey } {
  const ids = gapIdsOf(count);
  const gaps = ids.map((id, i) =>
    parseGap(id, i % 2 ? LIST.map((v, k) => (k === 0 ? `*${v}` : v)).join('\n') : `từ ${id}`),
  );
  return {
    content: {
      kind: 'cloze',
      stem: parseMarkup(`Điền\n${ids.map((id) => `Ở [[${id}]] đây`).join(', ')}`),
      gaps: gaps.map(({ gap }) => gap),
    },
    key: { answers: Object.fromEntries(gaps.map(({ gap, answers }) => [gap.id, answers])) },
  };
}

type Fill = 'right' | 'wrong' | 'blank';
const fills = fc.array(fc.constantFrom<Fill>('right', 'wrong', 'blank'), { minLength: 1, maxLength: 8 });

function responseOf({ gaps }: Cloze, { answers }: ClozeKey, given: readonly Fill[]): CanonicalResponse {
  const g: Record<string, { c: string } | { x: string }> = {};
  gaps.forEach(({ id, options }, i) => {
    if (given[i] === 'blank') return;
    const right = answers[id]?.[0] ?? '';
    if (options) g[id] = { c: given[i] === 'right' ? right : `${id}b` };
    else g[id] = { x: given[i] === 'right' ? ` ${right.toUpperCase()}` : 'khác' };
  });
  return { g };
}

describe('a cloze', () => {
  it('pays each gap its even share, exactly and in whole hundredths, whatever is blank', () => {
    fc.assert(
      fc.property(fills, fc.integer({ min: 0, max: 500 }), (given, max) => {
        const { content, key } = clozeOf(given.length);
        const response = responseOf(content, key, given);
        const { points, exact, parts } = scoreItem({ content, key, max }, response, EXACT);
        expect(parts.map(({ outcome }) => outcome)).toEqual(given);
        const right = BigInt(given.filter((fill) => fill === 'right').length);
        const [numerator = '0', denominator = '1'] = (exact ?? String(points)).split('/');
        expect(BigInt(numerator) * BigInt(given.length)).toBe(BigInt(max) * right * BigInt(denominator));
        const whole = scoreItem({ content, key, max }, response, BY_ITEM).points;
        expect(Math.abs(whole * given.length - max * Number(right))).toBeLessThan(given.length ** 2);
        expect(right === BigInt(given.length) ? whole : max).toBe(max);
      }),
    );
  });

  it('adds up the shares and costs of a key that has them, from nothing to all, and blanks cost nothing', () => {
    const shares = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(fills, shares, fc.integer({ min: 0, max: 12 }), (given, twelfths, cost) => {
        const { content, key } = clozeOf(given.length);
        const weights = Object.fromEntries(content.gaps.map(({ id }, i) => [id, `${twelfths[i] ?? 0}/12`]));
        const own = { ...key, weights, wrong: `-${cost}/12` };
        const sum = given.reduce(
          (total, fill, i) => total + (fill === 'right' ? (twelfths[i] ?? 0) : fill === 'wrong' ? -cost : 0),
          0,
        );
        const response = responseOf(content, key, given);
        const expected = (Math.min(12, Math.max(0, sum)) * 1_200) / 12;
        expect(scoreItem({ content, key: own, max: 1_200 }, response, EXACT).points).toBe(expected);
        const blank = scoreItem({ content, key: own, max: 1_200 }, null, EXACT);
        expect([blank.points, blank.parts.every(({ outcome }) => outcome === 'blank')]).toEqual([0, true]);
      }),
    );
  });

  it('counts the same answer of gaps in any order once, when it is told to', () => {
    const content: Cloze = {
      kind: 'cloze',
      stem: parseMarkup('[[a]] và [[b]]'),
      gaps: [{ id: 'a' }, { id: 'b' }],
    };
    const either = ['oxi', 'nitơ'];
    const key: ClozeKey = { answers: { a: either, b: either }, distinct: true };
    const points = (a: string, b: string, distinct = true) =>
      scoreItem(
        { content, key: distinct ? key : { answers: key.answers }, max: 100 },
        { g: { a: { x: a }, b: { x: b } } },
        EXACT,
      ).points;
    expect([points('nitơ', 'oxi'), points('oxi', 'nitơ'), points('oxi', 'OXI')]).toEqual([100, 100, 50]);
    expect(points('oxi', 'OXI', false)).toBe(100);
  });

  it('takes a word for a list, or an option for a field, as blank', () => {
    const { content, key } = clozeOf(2);
    const outcomes = (response: CanonicalResponse) =>
      scoreItem({ content, key, max: 100 }, response, EXACT).parts.map(({ outcome }) => outcome);
    expect(outcomes({ g: { a: { c: 'a' }, b: { x: 'giây' } } })).toEqual(['blank', 'blank']);
    expect(outcomes({ g: { a: { x: ' \u200b' }, b: { c: 'ba' } } })).toEqual(['blank', 'right']);
  });

  it('does not depend on the order in which its gaps are listed', () => {
    fc.assert(
      fc.property(fills, (given) => {
        const { content, key } = clozeOf(given.length);
        const response = responseOf(content, key, given);
        const turned = { ...content, gaps: content.gaps.toReversed() };
        const before = scoreItem({ content, key, max: 100 }, response, EXACT);
        const after = scoreItem({ content: turned, key, max: 100 }, response, EXACT);
        expect([after.points, after.exact]).toEqual([before.points, before.exact]);
      }),
    );
  });
});

describe('the text of a cloze', () => {
  const view = (stem: string, ...ids: string[]) =>
    itemKind('cloze').toView(
      { kind: 'cloze', stem: parseMarkup(stem), gaps: ids.map((id) => ({ id })) },
      { token: (id) => `<${id}>`, math: (tex) => tex },
    );

  it('is divided at its gaps, with the question before it', () => {
    expect(view('Điền.\nSóng [[A]] có $f$ [[b]]!', 'a', 'b')).toMatchObject({
      stem: [[{ t: 'text', v: 'Điền.' }]],
      text: [
        [
          { t: 'text', v: 'Sóng ' },
          { t: 'gap', token: '<a>' },
          { t: 'text', v: ' có ' },
          { t: 'math', tex: 'f' },
          { t: 'text', v: ' ' },
          { t: 'gap', token: '<b>' },
          { t: 'text', v: '!' },
        ],
      ],
    });
  });

  it('keeps brackets that are no gap', () => {
    expect(view('Tập [[1; 2]] và [[zz]] rồi [[a', 'a').stem.flat().length).toBeGreaterThan(0);
    expect(JSON.stringify(view('Chỗ [[x y]] và [[a]]', 'a'))).toContain('x y');
    const text = parseMarkup('Có [[a]] và [[x y]]');
    expect(toMarkup(renameGaps(text, new Map([['a', 'b']])))).toBe('Có [[b]] và [[x y]]');
  });

  it('tells gaps without answer, without place, twice, and lists that are none', () => {
    const problems = (stem: string, gaps: Record<string, string>) => {
      const read = Object.entries(gaps).map(([id, text]) => parseGap(id, text));
      return itemKind('cloze')
        .check(
          { kind: 'cloze', stem: parseMarkup(stem), gaps: read.map(({ gap }) => gap) },
          { answers: Object.fromEntries(read.map(({ gap, answers }) => [gap.id, answers])) },
        )
        .map(({ code, where }) => `${code} ${where}`);
    };
    expect(problems('Có [[a]]', { a: 'x' })).toEqual([]);
    expect(problems('Không', {})).toEqual(['item-gap-none stem']);
    expect(problems('[[a]] [[a]] [[b]]', { a: 'x', c: 'y' })).toEqual([
      'item-gap-twice stem',
      'item-gap-key gaps.b',
      'item-gap-unused gaps.c',
    ]);
    expect(problems('[[a]] [[b]] [[c]]', { a: '', b: '*x', c: '*x\nX\nx' })).toEqual([
      'item-gap-key gaps.a',
      'item-gap-options gaps.b',
      'item-gap-same gaps.c',
    ]);
  });
});

describe('a gap as it is typed', () => {
  const line = fc
    .stringMatching(/^[a-zđA-Z0-9*\\ =;|]{1,12}$/)
    .map((text) => text.trim())
    .filter((text) => text !== '');

  it('comes back as it was written', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(line, { minLength: 1, maxLength: 6 }),
        fc.nat(5),
        fc.boolean(),
        (texts, n, isList) => {
          const options = texts.map((text, i) => ({ id: `g${'abcdef'[i]}`, text }));
          const [gap, answers] = isList
            ? [{ id: 'g', options }, [options[n % options.length]?.id ?? '']]
            : [{ id: 'g' }, texts];
          expect(parseGap('g', gapText(gap, answers))).toEqual({ gap, answers });
        },
      ),
    );
  });

  it('has a worth that is read, or refused', () => {
    expect(parseGapWorth('a=1/3; B=2/3; sai=-1/3')).toEqual({
      weights: { a: '1/3', b: '2/3' },
      wrong: '-1/3',
    });
    expect([parseGapWorth(''), parseGapWorth('nửa')]).toEqual([{}, null]);
  });
});
