import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createEmbeddedStore,
  createSegmentJournal,
  promote,
  segmentKeys,
  StandbyMissing,
  Unavailable,
} from '#server/storage';
import { answer, collect } from '#server/storage/contract';
import { tempDir } from '../../support/temp-dir.ts';
import { openKeyring } from '../../support/ports.ts';
import { openPrimary, pathsIn, sealedExam, sheetWrite, type KeysIn, type Primary } from './support.ts';
import { createWire, type Fault, type Wire } from './wire.ts';

/** The key file is on both computers, what it opens in the store of each. */
function newKeys(): KeysIn {
  const folder = tempDir();
  return async (store) => segmentKeys(await openKeyring(folder, store), 'main');
}

type Step =
  | { do: 'write'; appends: number; commits: number; bytes: number; faults: Fault[] }
  | { do: 'retire'; keep: number }
  | { do: 'restart standby' }
  | { do: 'restart primary' };

const FAULTS: readonly Fault[] = [
  'lost-question',
  'lost-answer',
  'repeated',
  'late',
  'junk',
  'repeated-answer',
  'torn',
];

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      appends: fc.integer({ min: 0, max: 8 }),
      commits: fc.integer({ min: 0, max: 3 }),
      bytes: fc.constantFrom(0, 300, 9_000),
      faults: fc.array(fc.constantFrom(...FAULTS), { maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('retire' as const), keep: fc.integer({ min: 0, max: 6 }) }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'restart standby' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'restart primary' as const }) },
);

/**
 * A pair, and what it has acknowledged: of every other record and commit by both disks, of the rest by the own disk
 * alone, which must stay possible whatever happens to the standby.
 */
async function createPair(keys: KeysIn) {
  const [dataDir, standbyDir] = [join(tempDir(), 'primary'), join(tempDir(), 'standby')];
  const wire = await createWire(standbyDir);
  /** `records`: position by number; those up to `retired` need not be there. */
  const acknowledged = { records: new Map<number, number>(), sheets: new Set<string>(), retired: 0 };
  const own = { records: new Map<number, number>(), settings: new Set<string>() };
  let inStep: () => void = () => undefined;
  const open = () =>
    openPrimary({ dataDir, keys, dial: wire.dial, onChange: (reason) => reason === null && inStep() });
  let primary: Primary = await open();
  await primary.storage.store.commit([{ op: 'insert', in: 'exams', doc: sealedExam('P2', 'P2') }]);
  let count = 0;

  async function append(bytes: number): Promise<void> {
    const seq = ++count;
    const record = answer('a', seq, 'x'.repeat(bytes));
    if (seq % 2 === 0) {
      const [position = 0] = await alone(primary.journal.append([record]));
      own.records.set(seq, position);
      return;
    }
    const [position = 0] = await primary.appendOnBoth(record);
    acknowledged.records.set(seq, position);
  }

  async function commit(): Promise<void> {
    const _id = `s${++count}`;
    const { store } = primary.storage;
    if (count % 2 === 0) {
      await alone(store.commit([{ op: 'insert', in: 'settings', doc: { _id, value: _id } }]));
      own.settings.add(_id);
      return;
    }
    await store.commit([sheetWrite('P2', _id)]);
    acknowledged.sheets.add(_id);
  }

  /** Whatever the standby does, this is never refused. */
  async function alone<T>(work: Promise<T>): Promise<T> {
    return work.catch((error: unknown) => {
      throw new Error('one disk was not enough', { cause: error });
    });
  }

  /** Until the standby has everything again; what was refused meanwhile was refused as it should be. */
  async function settle(work: readonly Promise<void>[]): Promise<void> {
    for (const outcome of await Promise.allSettled(work)) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(StandbyMissing);
    }
    while (primary.storage.state() !== 'in-step') await new Promise<void>((resolve) => (inStep = resolve));
  }

  async function take(one: Step): Promise<void> {
    if (one.do === 'restart primary') {
      await primary.close();
      primary = await open();
    } else if (one.do === 'retire') {
      const upTo = Math.max(0, primary.journal.head() - one.keep);
      acknowledged.retired = Math.max(acknowledged.retired, upTo);
      await primary.journal.retire(upTo);
    } else if (one.do === 'restart standby') {
      await wire.restart();
      await settle([]);
    } else {
      wire.faults.push(...one.faults);
      const appends = Array.from({ length: one.appends }, () => append(one.bytes));
      await settle([...appends, ...Array.from({ length: one.commits }, commit)]);
    }
  }
  return { dataDir, standbyDir, wire, acknowledged, own, take, primary: () => primary };
}

async function foundOn(dataDir: string, keys: KeysIn) {
  const paths = pathsIn(dataDir);
  const store = await createEmbeddedStore({ dir: paths.store });
  const journal = await createSegmentJournal({
    dir: paths.journal,
    keys: await keys(store),
    segmentBytes: 65_536,
  });
  const records = await collect(journal.replay(1));
  await journal.close();
  const settings = await store.range('settings', { index: '_id', limit: 1000 });
  const sheets = await store.range('sheets', { index: '_id', limit: 1000 });
  await store.close();
  return {
    records: records.map(({ data, position }) => ({ seq: (data as { seq: number }).seq, position })),
    settings: settings.docs.map(({ _id }) => _id),
    sheets: sheets.docs.map(({ attempt }) => attempt),
  };
}

test('what both disks acknowledged is found after a promotion, whatever broke in between', async () => {
  const steps = fc.array(step, { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(steps, async (steps) => {
      const keys = newKeys();
      const pair = await createPair(keys);
      for (const one of steps) await pair.take(one);
      // the primary is lost with everything it has: only the standby's folder counts
      await pair.wire.end();
      await pair.primary().close();
      await promote(pair.standbyDir, pathsIn(pair.standbyDir));
      const found = await foundOn(pair.standbyDir, keys);
      const seqs = new Set(found.records.map(({ seq }) => seq));
      expect(seqs.size).toBe(found.records.length);
      const isKept = ({ position }: { position: number }) => position > pair.acknowledged.retired;
      const missing = [...pair.acknowledged.records]
        .map(([seq, position]) => ({ seq, position }))
        .filter((record) => isKept(record) && !seqs.has(record.seq));
      expect(missing).toEqual([]);
      expect([...pair.acknowledged.sheets].filter((id) => !found.sheets.includes(id))).toEqual([]);
      const old = await foundOn(pair.dataDir, keys);
      const kept = found.records.filter(isKept);
      expect(old.records.filter(isKept).slice(0, kept.length)).toEqual(kept);
      const oldSeqs = new Set(old.records.map(({ seq }) => seq));
      const gone = [...pair.own.records].filter(
        ([seq, position]) => isKept({ position }) && !oldSeqs.has(seq),
      );
      expect(gone).toEqual([]);
      expect([...pair.own.settings].filter((id) => !old.settings.includes(id))).toEqual([]);
    }),
    { numRuns: 40 },
  );
}, 600_000);

test('after a promotion the old primary acknowledges nothing that needs both disks, whatever it meets', async () => {
  const keys = newKeys();
  const pair = await createPair(keys);
  await pair.take({ do: 'write', appends: 3, commits: 2, bytes: 10, faults: [] });
  const old = join(tempDir(), 'old');
  await pair.wire.end();
  await pair.primary().close();
  await cp(pair.dataDir, old, { recursive: true });
  const { term } = await promote(pair.standbyDir, pathsIn(pair.standbyDir));
  expect(term).toBe(2);

  // nobody at the address
  const alone = await openPrimary({
    dataDir: pair.dataDir,
    keys,
    dial: pair.wire.dial,
    waits: false,
  });
  await expect(alone.appendOnBoth(answer('a', 99))).rejects.toBeInstanceOf(StandbyMissing);
  await expect(alone.storage.store.commit([sheetWrite('P2', 'late')])).rejects.toBeInstanceOf(StandbyMissing);
  await alone.close();

  // a new standby, which has everything that the old primary has, and has heard of the new one
  const wire: Wire = await createWire(join(tempDir(), 'new-standby'));
  const promoted = await openPrimary({ dataDir: pair.standbyDir, keys, dial: wire.dial });
  await promoted.close();
  const revived = await openPrimary({ dataDir: old, keys, dial: wire.dial, waits: false });
  await revived.changed();
  expect(revived.superseded).toEqual([2]);
  expect(revived.storage.accepts()).toBe(false);
  await expect(revived.journal.append([answer('a', 99)])).rejects.toBeInstanceOf(Unavailable);
  await expect(revived.appendOnBoth(answer('a', 99))).rejects.toBeInstanceOf(Unavailable);
});
