import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { observeClock, serverTime, type ServerClock } from '../../client/core/index.ts';
import { clockTime, countdown, points, roman, spokenTime } from '../../client/candidate/format.ts';

describe('the clock of the server, seen from the page', () => {
  it('is within its own error whatever way the delay falls', () => {
    const exchange = fc.record({ out: fc.nat(5000), back: fc.nat(5000), gap: fc.nat(60_000) });
    fc.assert(
      fc.property(
        fc.array(exchange, { minLength: 1 }),
        fc.integer({ min: -1e9, max: 1e9 }),
        (list, ahead) => {
          let clock: ServerClock | null = null;
          let mono = 0;
          for (const { out, back, gap } of list) {
            mono += gap;
            const sample = { now: mono + out + ahead, sentAt: mono, receivedAt: mono + out + back };
            clock = observeClock(clock, sample);
            mono += out + back;
            expect(Math.abs(serverTime(clock, mono) - (mono + ahead))).toBeLessThanOrEqual(clock.error);
          }
        },
      ),
    );
  });

  it('keeps its best sample until a newer one contradicts it', () => {
    const good = observeClock(null, { now: 10_000, sentAt: 0, receivedAt: 20 });
    expect(observeClock(good, { now: 10_400, sentAt: 100, receivedAt: 900 })).toBe(good);
    const slept = observeClock(good, { now: 70_000, sentAt: 1000, receivedAt: 1400 });
    expect(slept).toEqual({ offset: 68_800, error: 200 });
  });
});

describe('times and marks in words', () => {
  it.each([
    [0, '00:00'],
    [1, '00:01'],
    [59_001, '01:00'],
    [3_599_000, '59:59'],
    [3_661_000, '1:01:01'],
  ])('counts %d ms down as %s', (milliseconds, shown) => {
    expect(countdown(milliseconds)).toBe(shown);
  });

  it.each([
    [900_000, 'vi', '15 phút'],
    [299_000, 'vi', '4 phút 59 giây'],
    [3_900_000, 'vi', '1 giờ 5 phút'],
    [60_000, 'en', '1 minute'],
    [0, 'en', '0 seconds'],
  ] as const)('says %d ms in %s as %s', (milliseconds, language, said) => {
    expect(spokenTime(milliseconds, language)).toBe(said);
  });

  it('writes marks, parts and hours as the reader expects', () => {
    expect(points(825, 'vi')).toBe('8,25');
    expect(points(1000, 'en')).toBe('10.00');
    expect([1, 2, 3, 11].map(roman)).toEqual(['I', 'II', 'III', '11']);
    expect(clockTime(new Date(2026, 10, 24, 9, 41, 20).getTime(), true)).toBe('09:41:20');
  });
});
