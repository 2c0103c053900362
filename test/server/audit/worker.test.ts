import { describe, expect, test } from 'vitest';
import { createWorker } from '../../../server/audit/worker.ts';

/** A job that runs until it is let go, and counts. */
function heldJob() {
  const waiting: (() => void)[] = [];
  const begun: (() => void)[] = [];
  let runs = 0;
  return {
    runs: () => runs,
    job: () => {
      runs++;
      begun.shift()?.();
      return new Promise<boolean>((resolve) => {
        waiting.push(() => resolve(false));
      });
    },
    release: () => waiting.shift()?.(),
    nextBegins: () =>
      new Promise<void>((resolve) => {
        begun.push(resolve);
      }),
  };
}

describe('the worker', () => {
  test('runs once more for all pokes that came during a run', async () => {
    const held = heldJob();
    const worker = createWorker(held.job);
    worker.poke();
    for (let i = 0; i < 5; i++) worker.poke();
    const second = held.nextBegins();
    held.release();
    await second;
    const stopped = worker.stop();
    const third = held.nextBegins();
    held.release();
    await third;
    held.release();
    await stopped;
    expect(held.runs()).toBe(3);
  });

  test('goes on as long as the job says that there is more', async () => {
    let left = 4;
    const worker = createWorker(async () => --left > 0);
    await worker.drained();
    expect(left).toBe(0);
  });

  test('takes nothing up after it was stopped', async () => {
    let runs = 0;
    const worker = createWorker(async () => {
      runs++;
      return false;
    });
    await worker.stop();
    await worker.stop();
    worker.poke();
    await worker.drained();
    expect(runs).toBe(1);
  });
});
