import { expect, test, onTestFinished } from 'vitest';
import { surviveLosses } from '#server/doctor';
import {
  createEmbeddedStore,
  createSegmentJournal,
  Unavailable,
  type Journal,
  type PositionedRecord,
  type Store,
} from '#server/storage';
import { testSchemas, type TestDocuments } from '#server/storage/contract';
import { tempDir } from '../../support/temp-dir.ts';
import { testKeys } from '../journal/support.ts';

type TestStore = Store<TestDocuments>;
const never = new AbortController().signal;

/** Storage that keeps what it promises; what is taken away with the primary is up to each test. */
async function openBoth(): Promise<{ journal: Journal; store: TestStore }> {
  const journal = await createSegmentJournal({ dir: tempDir(), keys: testKeys() });
  const store = await createEmbeddedStore({ dir: tempDir(), schemas: testSchemas });
  onTestFinished(async () => {
    await journal.close();
    await store.close();
  });
  return { journal, store };
}

test('what was acknowledged is found after the losses, with commits whose outcome stayed open', async () => {
  const { journal, store } = await openBoth();
  let refusals = 0;
  let lost = 0;
  const open: TestStore['commit'] = async (writes) => {
    if (refusals > 0 && refusals % 2 === 1) await store.commit(writes);
    if (refusals > 0) {
      refusals -= 1;
      throw new Unavailable('no primary');
    }
    await store.commit(writes);
  };
  const losePrimary = async () => {
    lost += 1;
    refusals = 12;
  };
  const acknowledged = await surviveLosses(
    { journal, store: { ...bound(store), commit: open }, losePrimary },
    2,
    never,
  );
  expect(lost).toBe(2);
  expect(refusals).toBe(0);
  expect(acknowledged.appends).toBeGreaterThanOrEqual(600);
  expect(acknowledged.commits).toBeGreaterThanOrEqual(600);
});

test('a commit may come true after its outcome stayed open and was read again', async () => {
  const { journal, store } = await openBoth();
  const late: Parameters<TestStore['commit']>[] = [];
  let refusals = 0;
  const commit: TestStore['commit'] = async (writes) => {
    if (refusals === 0) return store.commit(writes);
    refusals -= 1;
    late.push([writes]);
    throw new Unavailable('no primary');
  };
  const get: TestStore['get'] = async (collection, id) => {
    const found = await store.get(collection, id);
    for (const writes of late.splice(0)) await store.commit(...writes);
    return found;
  };
  const losePrimary = async () => void (refusals = 4);
  const subject = { journal, store: { ...bound(store), commit, get }, losePrimary };
  expect((await surviveLosses(subject, 1, never)).commits).toBeGreaterThanOrEqual(400);
  expect(refusals).toBe(0);
});

test('a commit that was acknowledged and never done is noticed', async () => {
  const { journal, store } = await openBoth();
  let isLying = false;
  const commit: TestStore['commit'] = async (writes) => {
    if (!isLying) return store.commit(writes);
    const [first] = writes;
    return first && store.commit([first]);
  };
  const losePrimary = async () => void (isLying = true);
  const survived = surviveLosses({ journal, store: { ...bound(store), commit }, losePrimary }, 1, never);
  await expect(survived).rejects.toThrow(/acknowledged commits are missing|done in part/);
});

test.each<[string, Journal['replay'] | null, RegExp]>([
  ['is gone', () => recordsOf([]), /acknowledged records are missing/],
  ['is there twice', null, /there twice/],
])('a record that was acknowledged and %s is noticed', async (_what, replay, complaint) => {
  const { journal, store } = await openBoth();
  async function* doubled(at: number) {
    let first: unknown;
    for await (const record of journal.replay(at)) yield { ...record, data: (first ??= record.data) };
  }
  const altered = { ...journal, replay: replay ?? doubled };
  const survived = surviveLosses({ journal: altered, store, losePrimary: async () => undefined }, 1, never);
  await expect(survived).rejects.toThrow(complaint);
});

test('a journal that refuses, or a primary that does not go, ends it', async () => {
  const refusing = await openBoth();
  const losePrimary = async () => undefined;
  const append = () => Promise.reject(new Unavailable('no primary for too long'));
  const journal = { ...refusing.journal, append };
  await expect(surviveLosses({ ...refusing, journal, losePrimary }, 1, never)).rejects.toThrow(/too long/);
  const staying = await openBoth();
  const stays = () => Promise.reject(new Error('nobody else can be elected'));
  await expect(surviveLosses({ ...staying, losePrimary: stays }, 1, never)).rejects.toThrow(/elected/);
});

function bound(store: TestStore): TestStore {
  return {
    get: store.get.bind(store),
    getMany: store.getMany.bind(store),
    range: store.range.bind(store),
    count: store.count.bind(store),
    commit: store.commit.bind(store),
    close: store.close.bind(store),
  };
}

async function* recordsOf(records: readonly PositionedRecord[]): AsyncGenerator<PositionedRecord> {
  yield* records;
}
