import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClock } from '#server/http';

const HOUR_MS = 3_600_000;

afterEach(() => void vi.restoreAllMocks());

describe('the clock of the server', () => {
  it.each([HOUR_MS, -HOUR_MS])('does not follow when the machine is set by %i ms', (step) => {
    const wall = vi.spyOn(Date, 'now').mockReturnValue(10 * HOUR_MS);
    const passed = vi.spyOn(performance, 'now').mockReturnValue(500);
    const clock = createClock();
    wall.mockReturnValue(10 * HOUR_MS + step);
    passed.mockReturnValue(1_750);
    expect(clock.now()).toBe(10 * HOUR_MS + 1_250);
  });

  it('begins where it is told to', () => {
    vi.spyOn(Date, 'now').mockReturnValue(10 * HOUR_MS);
    vi.spyOn(performance, 'now').mockReturnValue(0);
    expect(createClock(11 * HOUR_MS).now()).toBe(11 * HOUR_MS);
    expect(createClock().now()).toBe(10 * HOUR_MS);
  });
});
