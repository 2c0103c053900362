import { existsSync } from 'node:fs';
import { afterEach, expect, it, vi } from 'vitest';
import { readUptime } from '../../../server/timekeeping/uptime.ts';

const HOUR_NS = 3_600_000_000_000n;

afterEach(() => void vi.restoreAllMocks());

it.skipIf(!existsSync('/proc/uptime'))('the computer tells how long it runs, and under one name', () => {
  const [first, second] = [readUptime(), readUptime()];
  expect(second?.boot).toBe(first?.boot);
  expect(second?.sinceMs).toBeGreaterThanOrEqual(first?.sinceMs ?? NaN);
});

it('a container that tells since when it runs itself is not believed', () => {
  const real = process.hrtime.bigint();
  vi.spyOn(process.hrtime, 'bigint').mockReturnValue(real + HOUR_NS);
  expect(readUptime()).toBeNull();
});
