import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CLAIM_MS } from '../../../server/exams/claim.ts';
import { whileRenewing } from '../../../server/exams/staging.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Work that lasts so many milliseconds. */
function lasting(ms: number): () => Promise<string> {
  return () => new Promise((resolve) => setTimeout(() => resolve('done'), ms));
}

test('a claim is renewed before it runs out while forms are being solved, and no longer', async () => {
  const renew = vi.fn<() => Promise<void>>(() => Promise.resolve());
  const ended = whileRenewing({ renew }, lasting(5 * CLAIM_MS));
  await vi.advanceTimersByTimeAsync(CLAIM_MS - 1);
  expect(renew.mock.calls.length).toBeGreaterThanOrEqual(2);
  await vi.advanceTimersByTimeAsync(5 * CLAIM_MS);
  expect(await ended).toBe('done');
  const calls = renew.mock.calls.length;
  await vi.advanceTimersByTimeAsync(5 * CLAIM_MS);
  expect(renew.mock.calls).toHaveLength(calls);
});

test('a claim that was lost ends the job, though the forms were found', async () => {
  const renew = vi.fn<() => Promise<void>>(() => Promise.reject(new Error('conflict')));
  const ended = whileRenewing({ renew }, lasting(2 * CLAIM_MS)).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(3 * CLAIM_MS);
  expect(await ended).toEqual(new Error('conflict'));
  expect(renew).toHaveBeenCalledTimes(1);
});
