import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Unavailable, type Write } from '#server/storage';
import { openPorts } from '../../support/ports.ts';
import { committingBy, ledger, proctor, seatExam, startOn, type World } from './world.ts';

/** More than one commit of leaves. */
const HALL = 520;
const marks = (writes: readonly Write[]) => writes.some((write) => write.in === 'tailers');

describe('a hall that starts at once', { timeout: 60_000 }, () => {
  /** Writes in each commit of leaves. */
  let commits: number[];
  /** What happens to the next commit of leaves. */
  let fault: 'before' | 'after' | null;

  beforeEach(() => {
    commits = [];
    fault = null;
    // the moment for which starts wait for others comes when the test says so
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => void vi.useRealTimers());

  async function startedHall(): Promise<{ world: World; starts: string[] }> {
    const disk = await openPorts();
    const store = committingBy(disk.store, async (writes) => {
      if (!marks(writes)) return disk.store.commit(writes);
      const now = fault;
      fault = null;
      if (now === 'before') throw new Unavailable('the disk is away');
      await disk.store.commit(writes);
      commits.push(writes.length);
      if (now === 'after') throw new Unavailable('nobody knows whether it was written');
    });
    const world = await startOn(disk, { store });
    const { exam, candidates } = await seatExam(disk, HALL);
    await world.proctoring.startExam(proctor, exam);
    for (let first = 0; first < HALL; first += 20)
      await Promise.all(
        candidates.slice(first, first + 20).map((candidate) => world.delivery.page(candidate)),
      );
    return { world, starts: candidates.map(({ attempt }) => `attempt.start attempt:${attempt}`) };
  }

  it('is acknowledged before any of it is a leaf, and then comes into the ledger in a few commits', async () => {
    const { world, starts } = await startedHall();
    expect(commits).toEqual([]);
    await vi.advanceTimersByTimeAsync(1_000);
    await world.delivery.stop();
    expect(commits).toEqual([101, 101, 101, 101, 101, HALL - 500 + 1]);
    expect((await startsOnRecord(world)).toSorted()).toEqual(starts.toSorted());
  });

  it.each(['before', 'after'] as const)(
    'has one leaf for each start after the next start of the server, when the store failed %s a commit',
    async (moment) => {
      const { world, starts } = await startedHall();
      fault = moment;
      await vi.advanceTimersByTimeAsync(1_000);
      await world.delivery.stop();
      await world.journal.close();
      await startOn(world);
      expect((await startsOnRecord(world)).toSorted()).toEqual(starts.toSorted());
    },
  );

  async function startsOnRecord(world: World): Promise<string[]> {
    return (await ledger(world)).filter((leaf) => leaf.startsWith('attempt.start'));
  }
});
