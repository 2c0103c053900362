import { expect, it } from 'vitest';
import { Unavailable } from '#server/storage';
import { answer } from '#server/storage/contract';
import { createGroupCommit, type GroupCommitOptions } from '../../../server/storage/batches/index.ts';

/** A disk whose flushes end when the test says so. */
function heldDisk() {
  const flushes: { end(): void; fail(error: Error): void }[] = [];
  let told: () => void = () => undefined;
  let position = 1;
  return {
    flushes,
    /** Resolves when the next flush has begun. */
    begun: () => new Promise<void>((resolve) => (told = resolve)),
    flush: (records: readonly unknown[]) => {
      const first = position;
      position += records.length;
      return new Promise<number>((resolve, reject) => {
        flushes.push({ end: () => resolve(first), fail: reject });
        told();
      });
    },
  };
}

/** A clock that stands still but for rests, which end half a millisecond early, as those of timers may. */
function testClock() {
  const clock = {
    time: 0,
    now: () => clock.time,
    rest: async (ms: number) => void (clock.time += Math.max(ms - 0.5, 0.25)),
  };
  return clock;
}

function commits(
  flush: GroupCommitOptions['flush'],
  {
    clock = testClock(),
    ...change
  }: Partial<GroupCommitOptions> & { clock?: ReturnType<typeof testClock> } = {},
) {
  const limits = { batchBytes: 10_000, queueBytes: 100_000, floorMs: 0 };
  return createGroupCommit({ flush, ...limits, now: clock.now, rest: clock.rest, ...change });
}

it('tells how much is waiting and since when, the flush that is under way included', async () => {
  const disk = heldDisk();
  const clock = testClock();
  const journal = commits(disk.flush, { clock });
  expect(journal.pressure()).toEqual({ queued: 0, oldestMs: 0 });
  let begun = disk.begun();
  const first = journal.append([answer('a', 1), answer('a', 2)]);
  await begun;
  clock.time += 5;
  const second = journal.append([answer('b', 1)]);
  clock.time += 3;
  expect(journal.pressure()).toEqual({ queued: 3, oldestMs: 8 });
  begun = disk.begun();
  disk.flushes[0]?.end();
  expect(await first).toEqual([1, 2]);
  await begun;
  expect(journal.pressure()).toEqual({ queued: 1, oldestMs: 3 });
  disk.flushes[1]?.end();
  expect(await second).toEqual([3]);
  expect(journal.pressure()).toEqual({ queued: 0, oldestMs: 0 });
});

it('refuses what does not fit into the queue, and takes it once there is room', async () => {
  const disk = heldDisk();
  const journal = commits(disk.flush, { queueBytes: 12_000 });
  const begun = disk.begun();
  const first = journal.append([answer('a', 1)]);
  await begun;
  const waiting = journal.append([answer('a', 2, 'x'.repeat(9_000))]);
  await expect(journal.append([answer('a', 3, 'x'.repeat(5_000))])).rejects.toBeInstanceOf(Unavailable);
  expect(journal.pressure().queued).toBe(2);
  const next = disk.begun();
  disk.flushes[0]?.end();
  await next;
  const again = journal.append([answer('a', 3, 'x'.repeat(5_000))]);
  const last = disk.begun();
  disk.flushes[1]?.end();
  await last;
  disk.flushes[2]?.end();
  expect(await Promise.all([first, waiting, again])).toEqual([[1], [2], [3]]);
});

it('never makes a batch larger than its limit, and keeps the records of one append together', async () => {
  const sizes: number[] = [];
  let position = 1;
  const journal = commits(async (records) => {
    sizes.push(records.length);
    return (position += records.length) - records.length;
  });
  const append = (seq: number) => journal.append([answer('a', seq, 'x'.repeat(1_900)), answer('b', seq)]);
  const positions = await Promise.all(Array.from({ length: 10 }, (_, seq) => append(seq)));
  expect(positions).toEqual(Array.from({ length: 10 }, (_, i) => [2 * i + 1, 2 * i + 2]));
  expect(sizes).toEqual([8, 8, 4]);
});

it('lets the floor pass between the starts of two flushes', async () => {
  const starts: number[] = [];
  const clock = testClock();
  let position = 1;
  const journal = commits(
    async (records) => {
      starts.push(clock.time);
      clock.time += 1;
      return (position += records.length) - records.length;
    },
    { floorMs: 3, clock },
  );
  for (let seq = 1; seq <= 8; seq++) await journal.append([answer('a', seq)]);
  expect(starts).toHaveLength(8);
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3);
});

it('rejects everything after a failed flush, and tells of it once', async () => {
  const disk = heldDisk();
  const told: Unavailable[] = [];
  const journal = commits(disk.flush, { onFailure: (error) => told.push(error) });
  const begun = disk.begun();
  const flushing = journal.append([answer('a', 1)]);
  await begun;
  const waiting = journal.append([answer('a', 2)]);
  const cause = new Error('input/output error');
  disk.flushes[0]?.fail(cause);
  const results = await Promise.allSettled([flushing, waiting, journal.append([answer('a', 3)])]);
  for (const result of results) {
    expect(result).toMatchObject({ status: 'rejected', reason: expect.any(Unavailable) });
  }
  expect(told).toHaveLength(1);
  expect(told[0]?.cause).toBe(cause);
  expect(journal.pressure()).toEqual({ queued: 0, oldestMs: 0 });
  expect(disk.flushes).toHaveLength(1);
});
