import { describe, expect, it } from 'vitest';
import { Unavailable, type Journal } from '#server/storage';
import { answer, collect } from '#server/storage/contract';
import { Overtaken } from '../../../server/storage/mongo-journal/overtaken.ts';
import { createStreamJournal } from '../../../server/storage/mongo-journal/stream-journal.ts';
import { createProcess, KEYS } from './journal-process.ts';
import { createGenerations } from './support.ts';
import { createReplica, type Fate, type Replica } from './replica-double.ts';

/** Resolves when the calls of now, and those that follow from them, have been made. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

async function ids(journal: Journal): Promise<number[]> {
  const records = await collect(journal.replay(1));
  return records.map((record) => (record.data as { seq: number }).seq);
}

describe('the fence', () => {
  it('lets a stopped owner acknowledge nothing once another has gone on, and tells it to end', async () => {
    const replica = createReplica();
    const first = createProcess({ replica });
    const before = await first.opened;
    await before.append([answer('a', 1)]);
    first.stop();
    const during = before.append([answer('a', 2)]);
    const second = createProcess({ replica });
    const after = await second.opened;
    await after.append([answer('a', 3)]);
    first.continue();
    await expect(during).rejects.toBeInstanceOf(Unavailable);
    await expect(before.append([answer('a', 4)])).rejects.toBeInstanceOf(Unavailable);
    expect(first.lost).toEqual([expect.any(Overtaken)]);
    expect(await ids(after)).toEqual([1, 3]);
    await before.close();
    await after.append([answer('a', 5)]);
    expect(second.lost).toEqual([]);
    await after.close();
  });

  it('acknowledges a batch whose answer was lost, once, whoever asks again', async () => {
    for (const fate of ['unheard', 'refused', 'delayed', 'pending'] as const) {
      const replica = createReplica();
      const fates: Fate[] = [];
      const owner = createProcess({ replica, fate: () => fates.shift() ?? 'done' });
      const journal = await owner.opened;
      fates.push(fate);
      const appended = journal.append([answer('a', 1)]);
      const settling = setInterval(() => replica.settle(true), 1);
      expect(await appended).toEqual([1]);
      clearInterval(settling);
      expect(await journal.append([answer('a', 2)])).toEqual([2]);
      expect([fate, ...(await ids(journal))]).toEqual([fate, 1, 2]);
      await journal.close();
    }
  });

  it('does not acknowledge what the majority never had, and writes it again', async () => {
    const replica = createReplica();
    const fates: Fate[] = [];
    const journal = await createProcess({ replica, fate: () => fates.shift() ?? 'done' }).opened;
    fates.push('pending');
    let acknowledged = false;
    const appended = journal.append([answer('a', 1)]).then(() => (acknowledged = true));
    await settled();
    expect(acknowledged).toBe(false);
    replica.settle(false);
    await appended;
    expect(await ids(journal)).toEqual([1]);
    await journal.close();
  });

  it('takes what the earlier owner wrote while it was being taken over', async () => {
    const replica = createReplica();
    const before = await createProcess({ replica, leaseMs: 60_000 }).opened;
    const second = createProcess({ replica, stopBefore: 'insert' });
    await second.stopped;
    expect(await before.append([answer('a', 1)])).toEqual([1]);
    second.continue();
    const after = await second.opened;
    expect(await ids(after)).toEqual([1]);
    await expect(before.append([answer('a', 2)])).rejects.toBeInstanceOf(Unavailable);
    expect(await after.append([answer('a', 3)])).toEqual([2]);
    await Promise.all([before.close(), after.close()]);
  });

  it('holds against an owner that slept through everything being retired', async () => {
    const replica = createReplica();
    const first = createProcess({ replica });
    const before = await first.opened;
    await before.append([answer('a', 1)]);
    first.stop();
    const during = before.append([answer('a', 2)]);
    const second = createProcess({ replica });
    const after = await second.opened;
    for (let seq = 3; seq <= 20; seq++) await after.append([answer('b', seq, 'x'.repeat(500))]);
    await after.retire(after.head());
    expect(await ids(after)).toEqual([]);
    first.continue();
    await expect(during).rejects.toBeInstanceOf(Unavailable);
    await expect(before.append([answer('a', 21)])).rejects.toBeInstanceOf(Unavailable);
    expect(await after.append([answer('b', 22)])).toEqual([20]);
    await Promise.all([before.close(), after.close()]);
  });

  it.for(['range', 'insert'] as const)(
    'holds against a taker stopped before its %s that woke when all was retired',
    async (stopBefore) => {
      const replica = createReplica();
      const first = await createProcess({ replica }).opened;
      for (let seq = 1; seq <= 5; seq++) await first.append([answer('a', seq, 'x'.repeat(500))]);
      await first.close();
      const taker = createProcess({ replica, stopBefore });
      await taker.stopped;
      const second = await createProcess({ replica }).opened;
      for (let seq = 6; seq <= 20; seq++) await second.append([answer('b', seq, 'x'.repeat(500))]);
      await second.retire(15);
      taker.continue();
      await expect(taker.opened).rejects.toBeInstanceOf(Overtaken);
      expect(await second.append([answer('b', 21)])).toEqual([21]);
      await second.close();
    },
  );

  it('holds against a taker that puts its fence where the earlier owner wrote last, and all is retired', async () => {
    const replica = createReplica();
    const first = await createProcess({ replica, leaseMs: 60_000 }).opened;
    const taker = createProcess({ replica, stopBefore: 'insert' });
    await taker.stopped;
    for (let seq = 1; seq <= 5; seq++) await first.append([answer('a', seq)]);
    const second = await createProcess({ replica }).opened;
    await second.retire(5);
    taker.continue();
    await expect(taker.opened).rejects.toBeInstanceOf(Overtaken);
    expect(await second.append([answer('b', 6)])).toEqual([6]);
    await Promise.all([first.close(), second.close()]);
  });
});

describe('the lease', () => {
  const version = (replica: Replica) => replica.documents('journalStreams')[0]?.v ?? 0;

  it('lets a second server wait as long as the first one lives, and begin when it stops', async () => {
    const replica = createReplica();
    const first = await createProcess({ replica, leaseMs: 1500 }).opened;
    const second = createProcess({ replica, leaseMs: 1500 });
    let open = false;
    void second.opened.then(() => (open = true));
    const taken = version(replica);
    await expect.poll(() => version(replica), { timeout: 30_000 }).toBeGreaterThan(taken + 7);
    expect(open).toBe(false);
    await first.append([answer('a', 1)]);
    await first.close();
    expect((await second.opened).head()).toBe(1);
    await (await second.opened).close();
  });

  it('is not taken because the database could not be read for a while', async () => {
    const replica = createReplica();
    const down = { reads: false, writes: false };
    const first = createProcess({ replica, leaseMs: 100, fate: () => (down.writes ? 'refused' : 'done') });
    const journal = await first.opened;
    const owner = replica.documents('journalStreams')[0]?.['writer'];
    const reads = { good: 0, bad: 0 };
    const store = replica.connect({ fate: () => 'done', gate: async () => undefined });
    const waiting = createStreamJournal({
      store: {
        ...store,
        async get(...args) {
          reads[down.reads ? 'bad' : 'good'] += 1;
          if (down.reads) throw new Unavailable('no primary');
          return store.get(...args);
        },
      },
      keys: KEYS,
      leaseMs: 1500,
    });
    await expect.poll(() => reads.good).toBeGreaterThan(1);
    down.writes = true;
    const seen = reads.good + 1;
    await expect.poll(() => reads.good).toBeGreaterThan(seen);
    down.reads = true;
    await expect.poll(() => reads.bad, { timeout: 30_000 }).toBeGreaterThan(25);
    const before = reads.good;
    down.reads = false;
    await expect.poll(() => reads.good).toBeGreaterThan(before);
    expect(replica.documents('journalStreams')[0]?.['writer']).toBe(owner);
    down.writes = false;
    expect(await journal.append([answer('a', 1)])).toEqual([1]);
    expect(first.lost).toEqual([]);
    await journal.close();
    await (await waiting).close();
  });
});

describe('destroyed keys', () => {
  it('open no copy of what was retired, and all that was kept', async () => {
    const replica = createReplica();
    const keysOf = createGenerations();
    const journal = await createProcess({ replica, keys: keysOf() }).opened;
    for (let seq = 1; seq <= 20; seq++) await journal.append([answer('a', seq, 'x'.repeat(900))]);
    const copied = replica.documents('journalBatches').filter(({ kind }) => kind !== 'batch');
    await journal.retire(10);
    const kept = await collect(journal.replay(1));
    await journal.close();
    const keys = keysOf();
    const opened = await Promise.all(copied.map(({ box }) => keys.unwrap(box as Uint8Array)));
    const live = opened.findIndex((key) => key !== null);
    expect(live).toBeGreaterThan(0);
    expect(opened.slice(live)).not.toContain(null);
    const again = await createProcess({ replica, keys: keysOf() }).opened;
    expect(kept.at(-1)?.position).toBe(20);
    expect(kept.length).toBeLessThan(20);
    expect(await collect(again.replay(1))).toEqual(kept);
    await again.close();
  });

  it('leave no batch and no key below the base, and a fence for every owner', async () => {
    const replica = createReplica();
    for (let start = 0; start < 3; start++) {
      const journal = await createProcess({ replica }).opened;
      for (let seq = 1; seq <= 20; seq++) await journal.append([answer('a', seq, 'x'.repeat(900))]);
      await journal.close();
    }
    const journal = await createProcess({ replica }).opened;
    await journal.retire(journal.head());
    const left = replica.documents('journalBatches');
    expect(left.map(({ kind }) => kind)).toEqual(['fence', 'fence', 'fence', 'fence']);
    expect(left.map(({ box }) => box !== undefined)).toEqual([false, false, false, true]);
    await journal.close();
  });
});
