import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseAnswer, parseDecimal, parseMarkup, type ItemContent, type ItemKey } from '#bank/item';
import { scoreItem, splitPoints, toCanonical, type CanonicalResponse } from '#bank/item/scoring';
import { markingPolicy, type MarkingPolicy } from '#bank/marks';

const policyOf = (name: string): MarkingPolicy => {
  const policy = markingPolicy(name);
  if (!policy) throw new Error(name);
  return policy;
};
const VN = policyOf('vn-thpt-2025');
const GENERIC = policyOf('generic');

const stem: ItemContent['stem'] = [[{ t: 'text', v: 'Câu hỏi' }]];
const parts = (...ids: string[]) => ids.map((id) => ({ id, text: [[{ t: 'text' as const, v: id }]] }));
const choice: ItemContent = { kind: 'choice', stem, options: parts('a', 'b', 'c', 'd'), shuffle: true };
const cluster: ItemContent = { kind: 'tfCluster', stem, statements: parts('a', 'b', 'c', 'd') };
const numeric: ItemContent = { kind: 'numeric', stem };
const shortText: ItemContent = { kind: 'shortText', stem };

function points(
  content: ItemContent,
  key: ItemKey,
  response: CanonicalResponse,
  max = 100,
  policy = VN,
): number {
  return scoreItem({ content, key, max }, response, policy).points;
}

describe('choice', () => {
  it.each<[CanonicalResponse, number, string]>([
    [{ c: 'b' }, 25, 'right'],
    [{ c: 'a' }, 0, 'wrong'],
    [null, 0, 'blank'],
    [{ x: 'b' }, 0, 'blank'],
  ])('scores %j', (response, expected, outcome) => {
    const score = scoreItem({ content: choice, key: { correct: ['b'] }, max: 25 }, response, VN);
    expect(score).toEqual({ points: expected, parts: [{ part: 'answer', outcome }] });
  });
});

describe('multiple', () => {
  const five: ItemContent = {
    kind: 'multiple',
    stem,
    options: parts('a', 'b', 'c', 'd', 'e'),
    shuffle: true,
  };
  const subsets = Array.from({ length: 32 }, (_, bits) => [...'abcde'].filter((_, i) => bits & (1 << i)));

  it('gives all or nothing for exactly the right options', () => {
    for (const m of subsets) {
      const expected = m.join('') === 'bd' ? 100 : 0;
      expect(points(five, { correct: ['b', 'd'], scheme: 'allOrNothing' }, { m })).toBe(expected);
    }
  });

  it('gives right minus wrong, never below 0, rounded half up once', () => {
    for (const key of subsets.filter((subset) => subset.length > 0)) {
      for (const m of subsets) {
        for (const max of [25, 33, 100]) {
          const right = BigInt(m.filter((id) => key.includes(id)).length);
          const net = 2n * right - BigInt(m.length);
          const exact = net > 0n ? BigInt(max) * net : 0n;
          const size = BigInt(key.length);
          const expected = Number((2n * exact + size) / (2n * size));
          expect(points(five, { correct: key, scheme: 'rightMinusWrong' }, { m }, max)).toBe(expected);
        }
      }
    }
  });

  it('tells option by option what was right, and blank when nothing is chosen', () => {
    const item = { content: five, key: { correct: ['b', 'd'], scheme: 'allOrNothing' as const }, max: 100 };
    const outcomes = (m: string[]) => scoreItem(item, { m }, VN).parts.map((part) => part.outcome);
    expect(outcomes(['b', 'c'])).toEqual(['right', 'right', 'wrong', 'wrong', 'right']);
    expect(outcomes([])).toEqual(Array(5).fill('blank'));
  });
});

describe('tfCluster', () => {
  const pattern = (bits: number) =>
    Object.fromEntries([...'abcd'].map((id, i) => [id, (bits & (1 << i)) !== 0]));

  it.each([
    [VN, 100, [0, 10, 25, 50, 100]],
    [VN, 25, [0, 3, 6, 13, 25]],
    [GENERIC, 100, [0, 25, 50, 75, 100]],
    [GENERIC, 10, [0, 3, 5, 8, 10]],
  ])('climbs the ladder for all 16 × 16 patterns ($0.name, $1 hundredths)', (policy, max, ladder) => {
    for (let truth = 0; truth < 16; truth++) {
      for (let answer = 0; answer < 16; answer++) {
        const right = 4 - [...(truth ^ answer).toString(2)].filter((bit) => bit === '1').length;
        const key = { truth: pattern(truth) };
        expect(points(cluster, key, { t: pattern(answer) }, max, policy)).toBe(ladder[right]);
      }
    }
  });

  it('does not count an open statement as right or wrong', () => {
    const key = { truth: pattern(0b0101) };
    const score = scoreItem({ content: cluster, key, max: 100 }, { t: { a: true, b: true } }, VN);
    expect(score.parts.map((part) => part.outcome)).toEqual(['right', 'wrong', 'blank', 'blank']);
    expect(score.points).toBe(10);
    expect(points(cluster, key, null)).toBe(0);
  });
});

describe('numeric', () => {
  it.each([
    ['3,14', '314e-2'],
    ['3.14', '314e-2'],
    [' +3,140 ', '3140e-3'],
    ['-0,5', '-5e-1'],
    ['\u2212,5', '-5e-1'],
    ['\u20130.5', '-5e-1'],
    ['- 5', '-5e0'],
    ['5,', '5e0'],
    ['１２，５', '125e-1'],
    ['1.234', '1234e-3'],
    ['1,234', '1234e-3'],
    ['12 345,6', '123456e-1'],
    ['1\u00a0000', '1000e0'],
    ['007', '7e0'],
    ['1.234,5', null],
    ['1,234,5', null],
    ['1e3', null],
    ['0x10', null],
    ['12 34', null],
    ['1 0000', null],
    ['5 m', null],
    ['--5', null],
    ['', null],
    ['.', null],
    ['-', null],
    ['Infinity', null],
  ])('reads %j', (text, expected) => {
    const decimal = parseDecimal(text);
    expect(decimal && `${decimal.units}e${decimal.scale === 0 ? 0 : -decimal.scale}`).toBe(expected);
  });

  const digits = fc.stringMatching(/^[0-9]{1,12}$/);
  const decimals = fc.tuple(fc.constantFrom('', '-', '\u2212'), digits, fc.constantFrom(',', '.'), digits);

  /** A decimal as a fraction over 10^24, without the parser under test. */
  function exact([sign, whole, , fraction]: [string, string, string, string]): bigint {
    const units = BigInt(whole + fraction.padEnd(24, '0'));
    return sign === '' ? units : -units;
  }

  it('is right exactly within the tolerance, ends included', () => {
    const tolerances = fc.tuple(fc.constant(''), digits, fc.constantFrom(',', '.'), digits);
    fc.assert(
      fc.property(decimals, decimals, tolerances, (key, given, tolerance) => {
        const distance = exact(key) - exact(given);
        const right = (distance < 0n ? -distance : distance) <= exact(tolerance);
        const stored = { value: key.join(''), tolerance: tolerance.join('') };
        expect(points(numeric, stored, { x: given.join('') })).toBe(right ? 100 : 0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes both ends of the interval for right and the next digit for wrong, where floats fail', () => {
    for (let value = 1; value <= 1_000; value++) {
      const key = { value: `0,${String(value).padStart(4, '0')}`, tolerance: '0,0001' };
      const at = (offset: number, tail = '') => `0,${String(value + offset).padStart(4, '0')}${tail}`;
      expect(points(numeric, key, { x: at(1) })).toBe(100);
      expect(points(numeric, key, { x: at(-1) })).toBe(100);
      expect(points(numeric, key, { x: at(1, '0000001') })).toBe(0);
      expect(points(numeric, key, { x: at(-2, '9999999') })).toBe(0);
    }
  });

  it('takes alternatives, and tells blank from wrong', () => {
    const item = { content: numeric, key: { value: '2', alternatives: ['-2', '0,5'] }, max: 50 };
    const outcome = (x: string) => scoreItem(item, { x }, VN).parts[0]?.outcome;
    expect(['2', '-2.0', ',50', '1', 'hai', ' '].map(outcome)).toEqual([
      'right',
      'right',
      'right',
      'wrong',
      'wrong',
      'blank',
    ]);
  });
});

describe('shortText', () => {
  it.each([
    ['hòa bình', 'hoà bình'],
    ['hoà bình'.normalize('NFD'), 'HÒA  BÌNH '],
    ['thúy', 'thuý'],
    ['khỏe', 'khoẻ'],
    ['quý', 'qúy'],
    ['Đồng', '\u00d0ồng'],
    ['đồng', '\u00f0ồng'],
    ['đồng', '\u0189ồng'],
    ['dao động', '\ufeffdao\u00a0\u200bđộng'],
    ['ẵ', 'a\u0303\u0306'],
    ['ợ', 'o\u0323\u031b'],
    ['x-1', 'x\u22121'],
    ['H2O', 'Ｈ２Ｏ'],
  ])('takes %j and %j for the same', (accepted, given) => {
    expect(points(shortText, { accepted: [accepted] }, { x: given })).toBe(100);
    expect(points(shortText, { accepted: [given] }, { x: accepted })).toBe(100);
  });

  it.each([
    ['hoa', 'hoà'],
    ['đồng', 'dồng'],
    ['kì', 'kỳ'],
    ['mã', 'má'],
    ['a b', 'ab'],
  ])('tells %j from %j', (accepted, given) => {
    expect(points(shortText, { accepted: [accepted] }, { x: given })).toBe(0);
  });

  it('folds letter case unless the key says otherwise', () => {
    expect(points(shortText, { accepted: ['Ôm'] }, { x: 'ôm' })).toBe(100);
    expect(points(shortText, { accepted: ['Ôm'], caseSensitive: true }, { x: 'ôm' })).toBe(0);
    expect(points(shortText, { accepted: ['HÒA'], caseSensitive: true }, { x: 'HOÀ' })).toBe(100);
    expect(points(shortText, { accepted: ['a', 'b'] }, { x: ' B' })).toBe(100);
    expect(points(shortText, { accepted: ['a'] }, { x: ' \u200b' })).toBe(0);
  });

  it('normalises once and for all', () => {
    const letters = fc.constantFrom(
      'o',
      'a',
      'y',
      'u',
      'e',
      '\u0300',
      '\u0323',
      '\u0306',
      '\u031b',
      'Ð',
      ' ',
      '２',
      'Ế',
    );
    const texts = fc.array(letters, { maxLength: 10 }).map((list) => list.join(''));
    fc.assert(
      fc.property(texts, fc.boolean(), (text, caseSensitive) => {
        const once = normaliseAnswer(text, caseSensitive);
        expect(normaliseAnswer(once, caseSensitive)).toBe(once);
        expect(normaliseAnswer(text.normalize('NFD'), caseSensitive)).toBe(once);
      }),
      { numRuns: 2_000, examples: [['u\u0300y\u0306', false]] },
    );
  });
});

describe('matching', () => {
  const prompts = parts('p1', 'p2', 'p3');
  const content: ItemContent = { kind: 'matching', stem, prompts, choices: parts('c1', 'c2', 'c3', 'c4') };
  const key = { pairs: { p1: 'c2', p2: 'c3', p3: 'c1' } };

  it('gives each prompt its share and the remainder to the first ones', () => {
    expect(splitPoints(100, 3)).toEqual([34, 33, 33]);
    expect(points(content, key, { p: { p1: 'c2', p2: 'c3', p3: 'c1' } })).toBe(100);
    expect(points(content, key, { p: { p1: 'c2', p2: 'c1' } })).toBe(34);
    expect(points(content, key, { p: { p3: 'c1' } })).toBe(33);
    expect(scoreItem({ content, key, max: 100 }, { p: { p1: 'c1', p2: 'c3' } }, VN).parts).toEqual([
      { part: 'p1', outcome: 'wrong', points: 0 },
      { part: 'p2', outcome: 'right', points: 33 },
      { part: 'p3', outcome: 'blank', points: 0 },
    ]);
  });

  it('splits any points without loss', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 1, max: 12 }), (max, count) => {
        const shares = splitPoints(max, count);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(max);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('any response to any item', () => {
  const ids = fc.constantFrom('a', 'b', 'c', 'd', 'p1', 'zz');
  const responses = fc.oneof(
    fc.constant<CanonicalResponse>(null),
    ids.map((c) => ({ c })),
    fc.uniqueArray(ids).map((m) => ({ m })),
    fc.dictionary(ids, fc.boolean()).map((t) => ({ t })),
    fc.dictionary(ids, ids).map((p) => ({ p })),
    fc.uniqueArray(ids).map((o) => ({ o })),
    fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1 }).map((h) => ({ h })),
    fc
      .dictionary(
        ids,
        fc.oneof(
          ids.map((c) => ({ c })),
          ids.map((x) => ({ x })),
        ),
      )
      .map((g) => ({ g })),
    fc.string().map((x) => ({ x })),
  );
  const items: { content: ItemContent; key: ItemKey }[] = [
    { content: choice, key: { correct: ['a'] } },
    {
      content: { ...choice, kind: 'multiple' },
      key: { correct: ['a', 'b', 'c'], scheme: 'rightMinusWrong' },
    },
    { content: cluster, key: { truth: { a: true, b: true, c: false, d: false } } },
    { content: numeric, key: { value: '1', tolerance: '100' } },
    { content: shortText, key: { accepted: ['a'] } },
    {
      content: { kind: 'matching', stem, prompts: parts('a', 'b'), choices: parts('c', 'd') },
      key: { pairs: { a: 'c', b: 'd' } },
    },
    {
      content: { kind: 'ordering', stem, parts: parts('a', 'b', 'c') },
      key: { order: ['c', 'a', 'b'], orderScheme: 'kendall' },
    },
    {
      content: { kind: 'cloze', stem, gaps: [{ id: 'a' }, { id: 'b', options: [{ id: 'c', text: 'c' }] }] },
      key: { answers: { a: ['a', 'zz'], b: ['c'] }, wrong: '-1/2' },
    },
    {
      content: { kind: 'gapMatch', stem: parseMarkup('[[a]] [[b]]'), choices: parts('c', 'd') },
      key: { fills: { a: ['c', 'd'], b: ['d'] }, wrong: '-1/3' },
    },
    {
      content: { kind: 'hotText', stem: parseMarkup('[[một]] [[hai]] [[ba]]') },
      key: { correct: ['1', '3'], scheme: 'weights' },
    },
    {
      content: { kind: 'hotspot', stem, points: 2 },
      key: { areas: [{ id: 'a', shape: 'rect', coords: [0, 0, 4, 4] }] },
    },
    { content: { kind: 'description', stem }, key: {} },
  ];

  it('has a whole score between 0 and the points of the item, and 0 when blank', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...items),
        responses,
        fc.integer({ min: 0, max: 500 }),
        (item, response, max) => {
          const score = scoreItem({ ...item, max }, response, VN);
          expect(Number.isSafeInteger(score.points)).toBe(true);
          expect(score.points).toBeGreaterThanOrEqual(0);
          expect(score.points).toBeLessThanOrEqual(max);
          const allBlank = score.parts.every((part) => part.outcome === 'blank');
          expect(allBlank && score.points > 0).toBe(false);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('toCanonical', () => {
  const tokens = new Map([
    ['tokenAAA', 'a'],
    ['tokenBBB', 'b'],
    ['tokenCCC', 'c'],
  ]);

  it.each<[CanonicalResponse, CanonicalResponse | 'void']>([
    [null, null],
    [{ x: 'tokenAAA' }, { x: 'tokenAAA' }],
    [{ h: [[1, 2]] }, { h: [[1, 2]] }],
    [{ c: 'tokenAAA' }, { c: 'a' }],
    [{ c: 'toString' }, 'void'],
    [{ m: ['tokenBBB', 'tokenAAA'] }, { m: ['b', 'a'] }],
    [{ m: ['tokenBBB', 'tokenZZZ'] }, 'void'],
    [{ t: { tokenAAA: true, tokenBBB: false } }, { t: { a: true, b: false } }],
    [{ t: { tokenAAA: true, toString: false } }, 'void'],
    [{ p: { tokenAAA: 'tokenCCC' } }, { p: { a: 'c' } }],
    [{ p: { tokenAAA: 'tokenZZZ' } }, 'void'],
    [{ o: ['tokenBBB', 'tokenAAA'] }, { o: ['b', 'a'] }],
    [{ o: ['tokenBBB', 'tokenZZZ'] }, 'void'],
    [
      { g: { tokenAAA: { x: 'tokenBBB' }, tokenBBB: { c: 'tokenCCC' } } },
      { g: { a: { x: 'tokenBBB' }, b: { c: 'c' } } },
    ],
    [{ g: { tokenAAA: { c: 'tokenZZZ' } } }, 'void'],
  ])('turns %j into %j', (response, expected) => {
    expect(toCanonical(response, tokens)).toEqual(expected);
  });
});
