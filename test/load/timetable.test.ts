import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTimetable } from '../../load/generator/timetable.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

describe('a timetable', () => {
  it('makes each client due again and again, at intervals within the bounds, in the order of time', () => {
    const due: { client: number; at: number }[] = [];
    const table = createTimetable(50, 500, 1_500, (client, at) => due.push({ client, at }));
    vi.advanceTimersByTime(20_000);
    table.stop();
    const before = due.length;
    vi.advanceTimersByTime(20_000);
    expect(due).toHaveLength(before);
    expect(due.map(({ at }) => at)).toEqual(due.map(({ at }) => at).sort((a, b) => a - b));
    for (let client = 0; client < 50; client++) {
      const times = due.filter((one) => one.client === client).map(({ at }) => at);
      expect(times.length).toBeGreaterThanOrEqual(12);
      for (const [index, at] of times.entries()) {
        if (index === 0) continue;
        expect(at - times[index - 1]!).toBeGreaterThanOrEqual(499.9);
        expect(at - times[index - 1]!).toBeLessThanOrEqual(1_500.1);
      }
    }
  });

  it('keeps the same pace from the first second on', () => {
    const begin = performance.now();
    const seconds = Array.from({ length: 10 }, () => 0);
    const table = createTimetable(20_000, 500, 3_000, (_client, at) => {
      const second = Math.floor((at - begin) / 1000);
      seconds[second] = (seconds[second] ?? 0) + 1;
    });
    vi.advanceTimersByTime(10_000);
    table.stop();
    const expected = 20_000 / 1.75;
    for (const count of seconds) expect(Math.abs(count - expected) / expected).toBeLessThan(0.06);
  });
});
