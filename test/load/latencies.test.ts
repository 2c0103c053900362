import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Latencies, summaryOf } from '../../load/measure/latencies.ts';
import { median, slope } from '../../load/measure/numbers.ts';

function counted(values: readonly number[]): Latencies {
  const latencies = new Latencies();
  for (const value of values) latencies.add(value);
  return latencies;
}

describe('latencies', () => {
  it('give quantiles at most one per cent above the exact ones', () => {
    const some = fc.array(fc.double({ min: 0.002, max: 60_000, noNaN: true }), {
      minLength: 1,
      maxLength: 400,
    });
    fc.assert(
      fc.property(some, fc.constantFrom(0.5, 0.95, 0.99, 1), (values, part) => {
        const sorted = [...values].sort((a, b) => a - b);
        const exact = sorted[Math.ceil(part * sorted.length) - 1]!;
        const told = counted(values).quantile(part);
        expect(told).toBeGreaterThanOrEqual(exact * 0.999);
        expect(told).toBeLessThanOrEqual(exact * 1.011);
      }),
    );
  });

  it('of several processes are the latencies of all', () => {
    const [a, b] = [counted([1, 2, 3]), counted([100, 200])];
    a.merge(b.take());
    expect(summaryOf(a)).toMatchObject({ count: 5, max: 200 });
    expect(a.quantile(0.6)).toBeCloseTo(3, 1);
    expect(b.count).toBe(0);
  });

  it('have no quantile when there is none', () => {
    expect(counted([]).quantile(0.99)).toBeNaN();
  });
});

describe('the median', () => {
  it('is the middle one, or the mean of the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 2, 9])).toBe(3);
    expect(median([])).toBeNaN();
  });
});

describe('the slope', () => {
  it('is that of the line through the points, noise or not', () => {
    expect(slope([1, 2, 3].map((x) => [x, 5 + 2 * x]))).toBeCloseTo(2);
    expect(slope([1, 2, 3, 4].map((x) => [x, 7 + (x % 2)]))).toBeCloseTo(-0.2);
  });
});
