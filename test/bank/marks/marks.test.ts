import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatMark,
  fraction,
  fractionText,
  MARKING_POLICIES,
  markingPolicy,
  markOf,
  parseFraction,
  parseMark,
  roundExact,
  roundFraction,
  roundMark,
  ROUNDING_MODES,
  type MarkingPolicy,
  type RoundingMode,
} from '#bank/marks';

describe('marks as text', () => {
  it('keeps every mark from 0,00 to 10,00 through both languages', () => {
    for (let mark = 0; mark <= 1_000; mark++) {
      expect(parseMark(formatMark(mark, 'vi'))).toBe(mark);
      expect(parseMark(formatMark(mark, 'en'))).toBe(mark);
    }
  });

  it.each([
    ['8', 800],
    ['8,5', 850],
    ['8.25', 825],
    [' 0,05 ', 5],
    ['10,00', 1000],
    ['8,255', null],
    ['-1', null],
    ['8,', null],
    ['1e2', null],
    ['', null],
  ])('reads %j as %s hundredths', (text, mark) => {
    expect(parseMark(text)).toBe(mark);
  });

  it('writes a comma in Vietnamese and a point in English', () => {
    expect(formatMark(825, 'vi')).toBe('8,25');
    expect(formatMark(5, 'en')).toBe('0.05');
    expect(() => formatMark(8.25, 'vi')).toThrow(RangeError);
  });
});

/** The same rules over BigInt, written from their definition: the nearest multiples below and above. */
function oracle(numerator: bigint, denominator: bigint, step: bigint, mode: RoundingMode): bigint {
  const below = (numerator / (denominator * step)) * step;
  const above = below + step;
  const toBelow = numerator - below * denominator;
  const toAbove = above * denominator - numerator;
  if (toBelow === 0n) return below;
  if (mode === 'down') return below;
  if (mode === 'up') return above;
  if (toBelow !== toAbove) return toBelow < toAbove ? below : above;
  if (mode === 'halfUp') return above;
  return (below / step) % 2n === 0n ? below : above;
}

describe('rounding', () => {
  it.each(ROUNDING_MODES)(
    '%s agrees with exact arithmetic on all 1,001 marks and every usual step',
    (mode) => {
      for (let mark = 0; mark <= 1_000; mark++) {
        for (const step of [1, 5, 10, 25, 50, 100]) {
          const expected = Number(oracle(BigInt(mark), 1n, BigInt(step), mode));
          expect(roundMark(mark, { step, mode })).toBe(expected);
        }
      }
    },
  );

  it.each(ROUNDING_MODES)('%s agrees with exact arithmetic on fractions', (mode) => {
    const whole = fc.integer({ min: 0, max: 10_000_000 });
    const small = fc.integer({ min: 1, max: 1_000 });
    fc.assert(
      fc.property(whole, small, small, (numerator, denominator, step) => {
        const expected = oracle(BigInt(numerator), BigInt(denominator), BigInt(step), mode);
        expect(BigInt(roundFraction(numerator, denominator, { step, mode }))).toBe(expected);
      }),
    );
  });

  it('rounds 8.25 and 8.35 half up to one decimal, where floats go astray', () => {
    expect([825, 835, 845].map((mark) => roundMark(mark, { step: 10, mode: 'halfUp' }))).toEqual([
      830, 840, 850,
    ]);
  });

  it.each([
    [-1, 1],
    [1.5, 1],
    [1, 0],
    [2 ** 53, 1],
    [1, 0.5],
  ])('refuses %s / %s', (numerator, denominator) => {
    expect(() => roundFraction(numerator, denominator, { step: 1, mode: 'halfUp' })).toThrow(RangeError);
  });
});

describe('marking policies', () => {
  it('are found by their own, unique names', () => {
    expect(new Set(MARKING_POLICIES.map((policy) => policy.name)).size).toBe(MARKING_POLICIES.length);
    for (const policy of MARKING_POLICIES) expect(markingPolicy(policy.name)).toBe(policy);
    expect(markingPolicy('none-such')).toBeNull();
  });

  it('hold the ladder of the graduation exam from 2025', () => {
    expect(markingPolicy('vn-thpt-2025')?.clusterLadder).toEqual([0, 10, 25, 50, 100]);
  });

  it('give nothing for nothing, everything for everything, and never less for more', () => {
    for (const { clusterLadder } of MARKING_POLICIES) {
      expect(clusterLadder[0]).toBe(0);
      expect(clusterLadder[4]).toBe(100);
      expect([...clusterLadder].sort((a, b) => a - b)).toEqual([...clusterLadder]);
    }
  });
});

describe('fractions', () => {
  it.each([
    ['1/3', '1/3'],
    [' -2/6 ', '-1/3'],
    ['50%', '1/2'],
    ['0,25', '1/4'],
    ['-0.5', '-1/2'],
    ['\u22121', '-1'],
    ['2', '2'],
    ['1/0', null],
    ['1/2%', null],
    ['1e2', null],
    ['', null],
  ])('reads %j as %s', (text, expected) => {
    const read = parseFraction(text);
    expect(read && fractionText(read)).toBe(expected);
  });

  it('rounds without the loss of numbers beyond 2^53 in between', () => {
    const third = fraction(10n ** 40n, 3n * 10n ** 38n);
    expect(roundExact(third, { step: 1, mode: 'halfUp' })).toBe(33);
    expect(() => roundExact(fraction(-1n), { step: 1, mode: 'halfUp' })).toThrow(RangeError);
    expect(() => roundExact(fraction(1n), { step: 0, mode: 'halfUp' })).toThrow(RangeError);
  });
});

describe('the mark of a paper', () => {
  const named = (name: string): MarkingPolicy => {
    const policy = markingPolicy(name);
    if (!policy) throw new Error(name);
    return policy;
  };
  const thirds = Array.from({ length: 3 }, () => ({ points: 162, exact: '485/3' }));

  it('is rounded once, from the exact sum', () => {
    // 4.85 exactly: 4.9; three times 1.62 would be 4.86, three times 1.61 below
    expect(markOf(thirds, 1_000, named('vn-cv7991'))).toEqual({ total: 485, rounded: 490 });
    const sum = { total: 323, exactTotal: '970/3', rounded: 320 };
    expect(markOf(thirds.slice(1), 1_000, named('vn-cv7991'))).toEqual(sum);
  });

  it('is brought to the scale of the policy', () => {
    expect(markOf([{ points: 13 }], 20, named('vn-tt22'))).toEqual({ total: 13, rounded: 650 });
    expect(markOf([{ points: 1 }], 3, named('generic-percent'))).toEqual({ total: 1, rounded: 3_333 });
    expect(markOf([], 0, named('generic-percent'))).toEqual({ total: 0, rounded: 0 });
  });

  it('of published policies is what it was', () => {
    for (const name of ['vn-thpt-2025', 'generic']) {
      expect(named(name)).toMatchObject({ scale: null, rounding: { item: { step: 1 }, total: { step: 1 } } });
      expect(markOf([{ points: 25 }, { points: 333 }], 1_000, named(name))).toEqual({
        total: 358,
        rounded: 358,
      });
    }
  });
});
