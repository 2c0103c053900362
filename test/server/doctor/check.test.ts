import { expect, test } from 'vitest';
import { CannotRun } from '#server/storage/contract';
import { runCheck, runChecks } from '../../../server/doctor/check.ts';

const named = { part: 'store', name: 'a case' } as const;

test('a check passes, fails with what was broken, or is skipped with what was missing', async () => {
  const told: number[] = [];
  const results = await runChecks(
    [
      { ...named, run: async () => undefined },
      { ...named, run: () => Promise.reject(new Error('broken')) },
      { ...named, run: () => Promise.reject(new CannotRun('nothing to try it on')) },
    ],
    (done, total) => told.push(done, total),
  );
  const outcomes = results.map(({ outcome, reason }) => [outcome, reason]);
  expect(outcomes).toEqual([
    ['passed', undefined],
    ['failed', 'broken'],
    ['skipped', 'nothing to try it on'],
  ]);
  expect(told).toEqual([0, 3, 1, 3, 2, 3, 3, 3]);
});

test('a check that does not end has failed, and is told so', async () => {
  let told: AbortSignal | undefined;
  const run = (signal: AbortSignal) => {
    told = signal;
    return new Promise<void>(() => undefined);
  };
  expect(await runCheck({ ...named, run }, 1)).toMatchObject({
    outcome: 'failed',
    reason: expect.stringContaining('did not end'),
  });
  expect(told?.aborted).toBe(true);
});
