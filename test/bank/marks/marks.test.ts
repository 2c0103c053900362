import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatMark,
  MARKING_POLICIES,
  markingPolicy,
  parseMark,
  roundFraction,
  roundMark,
  ROUNDING_MODES,
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
