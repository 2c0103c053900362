import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemKind } from '#bank/item';
import { checkItem } from '#bank/item/check';
import { makeVariants, MAX_VARIANTS, type ParametricItem, type Variant } from '#bank/item/parametric';
import { checkFormulas } from '#bank/item/math';
import { ERROR_STATUS, type Inline } from '#bank/protocol';
import { sentencesOf } from '../../support/refusal.ts';

/** x + a = b over small whole numbers. */
function equation(changes: Partial<ParametricItem> = {}): ParametricItem {
  return {
    kind: 'choice',
    stem: [
      [
        { t: 'text', v: 'Giải phương trình ' },
        { t: 'math', tex: 'x @{+a} = @{b}' },
      ],
    ],
    parameters: [
      { name: 'a', from: '-9', to: '9', step: '1' },
      { name: 'b', from: '1', to: '9', step: '1' },
    ],
    derived: [{ name: 'x', formula: 'b - a' }],
    constraints: ['a != 0', 'x != 0', 'abs(a) != b', 'b != x', 'a != x'],
    key: 'x',
    distractors: ['-x', 'a + b', '-a - b'],
    ...changes,
  };
}

/** A numeric item that asks for one formula of `a` and `b`, both from 1 to 3. */
function asking(key: string, changes: Partial<ParametricItem> = {}): ParametricItem {
  return {
    kind: 'numeric',
    stem: [[{ t: 'text', v: 'Cho a = @{a}, b = @{b}.' }]],
    parameters: ['a', 'b'].map((name) => ({ name, from: '1', to: '3', step: '1' })),
    derived: [],
    constraints: [],
    key,
    distractors: [],
    ...changes,
  };
}

function refused(item: ParametricItem) {
  const { variants, problem } = makeVariants(item);
  if (!problem) throw new Error('it was not refused');
  expect(variants).toEqual([]);
  expect(ERROR_STATUS[problem.code]).toBe(422);
  sentencesOf(problem.code, problem.values);
  return problem;
}

function keyAt({ variants }: ReturnType<typeof makeVariants>, values: Record<string, string>): unknown {
  const found = variants.find((one) => JSON.stringify(one.values) === JSON.stringify(values));
  return found && 'value' in found.key ? found.key.value : undefined;
}

const textOf = (runs: readonly Inline[]) =>
  runs.map((run) => (run.t === 'text' ? run.v : run.t === 'math' ? run.tex : '')).join('');
const optionsOf = ({ content }: Variant) =>
  content.kind === 'choice' ? content.options.map(({ text }) => textOf(text.flat())) : [];

describe('variants', () => {
  it('are ordinary items: each passes the checks of its kind, and each has its own view', () => {
    const { variants, problem } = makeVariants(equation());
    expect(problem).toBeUndefined();
    expect(variants.length).toBeGreaterThan(50);
    const views = variants.map(({ content, key }) => {
      expect(checkItem('choice', { content, key })).toEqual([]);
      expect(checkFormulas(content)).toEqual([]);
      const view = itemKind('choice').toView(content, { token: (part) => part, math: (tex) => tex });
      return JSON.stringify(view);
    });
    expect(new Set(views).size).toBe(variants.length);
  });

  it('have a right key and different options, worked out again by hand', () => {
    for (const variant of makeVariants(equation()).variants) {
      const [a, b] = [Number(variant.values['a']), Number(variant.values['b'])];
      expect(textOf(variant.content.stem.flat())).toBe(
        `Giải phương trình x ${a < 0 ? '-' : '+'} ${Math.abs(a)} = ${b}`,
      );
      const options = optionsOf(variant);
      expect(options).toEqual([b - a, a - b, a + b, -a - b].map(String));
      expect(new Set(options).size).toBe(4);
    }
  });

  it('are the same each time, as many as asked for, and lie everywhere', () => {
    const wide = asking('a + b', {
      parameters: ['a', 'b'].map((name) => ({ name, from: '1', to: '1000', step: '1' })),
    });
    const { variants } = makeVariants(wide);
    expect(variants).toHaveLength(MAX_VARIANTS);
    expect(makeVariants(wide)).toEqual({ variants });
    expect(makeVariants(wide, 7).variants).toEqual(variants.slice(0, 7));
    for (const name of ['a', 'b']) {
      const tenths = variants.map(({ values }) => Math.floor((Number(values[name]) - 1) / 100));
      expect(new Set(tenths).size).toBe(10);
    }
  });

  it('write numbers as they are written here: comma, fraction, or rounded', () => {
    const halves = asking('a', {
      parameters: [{ name: 'a', from: '0.5', to: '2', step: '1/2' }],
      stem: [
        [
          { t: 'text', v: '@{a}; ' },
          { t: 'math', tex: '@{a/3}' },
        ],
      ],
    });
    expect(
      makeVariants(halves)
        .variants.map(({ content }) => textOf(content.stem.flat()))
        .sort(),
    ).toEqual(['0,5; \\frac{1}{6}', '1,5; 0{,}5', '1; \\frac{1}{3}', '2; \\frac{2}{3}'].sort());
    const thirds = makeVariants(asking('a / 3', { decimals: 2 }));
    expect(keyAt(thirds, { a: '1', b: '1' })).toBe('0.33');
    expect(keyAt(thirds, { a: '2', b: '1' })).toBe('0.67');
    expect(thirds.variants[0]?.key).toMatchObject({ round: { decimals: 2 } });
  });

  it('keep out what a constraint excludes before anything is worked out', () => {
    const item = asking('6 / (a - b)', { constraints: ['a != b'] });
    expect(makeVariants(item).variants).toHaveLength(6);
  });
});

describe('formulas', () => {
  it.each([
    ['1 + 2 * 3', '7'],
    ['(1 + 2) * 3', '9'],
    ['2 ^ 3 ^ 2', '512'],
    ['-2 ^ 2', '-4'],
    ['2 ^ -1', '0.5'],
    ['7 - 2 - 1', '4'],
    ['8 / 4 / 2', '1'],
    ['0.1 + 0.2', '0.3'],
    ['abs(-3) + floor(-1/2) + ceil(-1/2)', '2'],
    ['round(2.345, 2) + round(-0.5, 0)', '1.35'],
    ['mod(-7, 3) + gcd(12, -18) + lcm(4, 6)', '20'],
    ['min(3, 1, 2) * max(3, 1, 2)', '3'],
    ['123456789012345 * 10 - 1', '1234567890123449'],
  ])('%s is %s', (formula, value) => {
    expect(keyAt(makeVariants(asking(formula)), { a: '1', b: '1' })).toBe(value);
  });

  it('are exact: sums and products of fractions agree with whole numbers', () => {
    const part = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.constantFrom(1, 2, 4, 5, 8));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const formula = parts.map(([above, below]) => `(${above}) / ${below}`).join(' + ');
        const fortieths = parts.reduce((sum, [above, below]) => sum + (above * 40) / below, 0);
        const key = keyAt(makeVariants(asking(formula)), { a: '1', b: '1' });
        expect(Number(key) * 40).toBe(fortieths);
      }),
    );
  });

  it('are never run as code, whatever they say', () => {
    for (const text of ['constructor', '__proto__', 'a.b', 'alert(1)', 'a => a', '`a`', 'toString(1)', 'a;b'])
      expect(refused(asking(text)).code).toMatch(/^parametric-(formula|name-unknown)$/);
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const { variants, problem } = makeVariants(asking(text), 3);
        expect(problem !== undefined).toBe(variants.length === 0);
      }),
    );
  });

  it('end quickly when they are made to be slow', () => {
    expect(refused(asking('9^40^40')).code).toBe('parametric-size');
    expect(refused(asking('9^41')).code).toBe('parametric-power');
    expect(refused(asking('(9^40)^40')).code).toBe('parametric-size');
    expect(refused(asking(`${'('.repeat(90)}a${')'.repeat(90)}`)).code).toBe('parametric-formula');
    expect(refused(asking('-'.repeat(150) + 'a')).code).toBe('parametric-formula');
  });
});

describe('a parametric item is refused', () => {
  it('for a formula, a name or a range that means nothing', () => {
    expect(refused(asking('2 * (a +'))).toEqual({
      code: 'parametric-formula',
      values: { formula: '2 * (a +', position: 9 },
    });
    expect(refused(asking('a', { constraints: ['a'] })).code).toBe('parametric-formula');
    expect(refused(asking('c')).values).toEqual({ name: 'c', formula: 'c' });
    expect(refused(asking('a', { derived: [{ name: 'a', formula: '1' }] })).code).toBe(
      'parametric-name-twice',
    );
    const circle = [
      { name: 'x', formula: 'y' },
      { name: 'y', formula: 'x + 1' },
    ];
    expect(refused(asking('a', { derived: circle }))).toEqual({
      code: 'parametric-circle',
      values: { name: 'x' },
    });
    const range = (from: string, to: string, step: string) =>
      refused(asking('a', { parameters: ['a', 'b'].map((name) => ({ name, from, to, step })) })).code;
    expect(range('3', '1', '1')).toBe('parametric-range');
    expect(range('1', '3', '0')).toBe('parametric-range');
    expect(range('1', '3', '0.0001')).toBe('parametric-range-long');
    expect(refused(asking('a', { stem: [[{ t: 'text', v: 'Không có số.' }]] })).code).toBe(
      'parametric-no-placeholder',
    );
  });

  it('for an admissible choice that has no value, naming it', () => {
    expect(refused(asking('1 / (a - b)'))).toMatchObject({
      code: 'parametric-division',
      values: { formula: '1 / (a - b)', values: expect.stringMatching(/^a = (\d), b = \1$/) },
    });
    expect(refused(asking('2 ^ (a / 2)')).code).toBe('parametric-power');
    expect(refused(asking('gcd(a / 2, 1)')).code).toBe('parametric-whole');
    expect(refused(asking('round(a, 16)')).code).toBe('parametric-places');
    expect(refused(asking('a / 7')).code).toBe('parametric-endless');
  });

  it('when the stem does not show what the key depends on; what nothing depends on makes no variant', () => {
    const stem: ParametricItem['stem'] = [[{ t: 'text', v: 'Cho a = @{a}.' }]];
    expect(refused(asking('a + b', { stem }))).toMatchObject({ code: 'parametric-key-unclear' });
    expect(makeVariants(asking('a', { stem })).variants).toHaveLength(3);
  });

  it('when no choice is admissible, or one only', () => {
    expect(refused(asking('a', { constraints: ['a > b', 'b > a'] }))).toEqual({
      code: 'parametric-none',
      values: { tried: 9 },
    });
    expect(refused(asking('a', { constraints: ['a = 1', 'b = 1'] }))).toMatchObject({
      code: 'parametric-too-few',
      values: { count: 1 },
    });
  });

  it('for distractors that are the key, each other, far away, missing or needless', () => {
    expect(refused(equation({ distractors: ['2*x - x'] })).code).toBe('parametric-distractor-key');
    expect(refused(equation({ distractors: ['a + b', 'b + a'] }))).toMatchObject({
      code: 'parametric-distractor-twice',
      values: { formula: 'b + a', first: 'a + b' },
    });
    expect(refused(equation({ distractors: ['x * 101'] })).code).toBe('parametric-distractor-far');
    expect(refused(equation({ distractors: [] })).code).toBe('parametric-distractors-missing');
    expect(refused(asking('a', { distractors: ['b'] })).code).toBe('parametric-distractors-needless');
    expect(refused(equation({ decimals: 0, distractors: ['x + 0.1'] })).code).toBe(
      'parametric-distractor-key',
    );
  });
});
