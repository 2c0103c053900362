import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { Conflict, Duplicate } from '../store.ts';
import { person } from './store-schemas.ts';
import { requireTransactions, type StoreCase, type TestStore } from './store-subject.ts';

export const commitCases: readonly StoreCase[] = [
  {
    name: 'commits refuse a taken id and a taken unique value, and name the index',
    async run(subject) {
      const store = await subject.open();
      await store.commit([{ op: 'insert', in: 'people', doc: person('a') }]);
      await store.commit([{ op: 'insert', in: 'people', doc: person('b') }]);
      const taken = { email: 'a@example.org' };
      const attempts = [
        store.commit([{ op: 'insert', in: 'people', doc: person('a', { email: 'other' }) }]),
        store.commit([{ op: 'insert', in: 'people', doc: person('c', taken) }]),
        store.commit([{ op: 'replace', in: 'people', doc: person('b', taken), ifVersion: 1 }]),
      ];
      const errors = await Promise.all(attempts.map((attempt) => attempt.catch((error: unknown) => error)));
      for (const error of errors) ok(error instanceof Duplicate);
      deepEqual(
        errors.map((error) => (error as Duplicate).index),
        ['_id', 'by_email', 'by_email'],
      );
      equal(await store.get('people', 'c'), null);
      equal((await store.get('people', 'b'))?.v, 1);
    },
  },

  {
    name: 'commits free a unique value with its document',
    async run(subject) {
      const store = await subject.open();
      const email = 'one@example.org';
      await store.commit([{ op: 'insert', in: 'people', doc: person('a', { email }) }]);
      await store.commit([{ op: 'replace', in: 'people', doc: person('a'), ifVersion: 1 }]);
      await store.commit([{ op: 'insert', in: 'people', doc: person('b', { email }) }]);
      await store.commit([{ op: 'delete', in: 'people', id: 'b', ifVersion: 1 }]);
      await store.commit([{ op: 'insert', in: 'people', doc: person('c', { email }) }]);
      deepEqual(
        (await store.range('people', { index: 'by_email', limit: 9 })).docs.map(({ _id }) => _id),
        ['a', 'c'],
      );
    },
  },

  {
    name: 'commits give exactly one of 32 writers that replace the same version what it wants',
    async run(subject) {
      const store = await subject.open();
      await store.commit([{ op: 'insert', in: 'counters', doc: { _id: 'c', n: 0 } }]);
      const writers = Array.from({ length: 32 }, (_, n) =>
        store
          .commit([{ op: 'replace', in: 'counters', doc: { _id: 'c', n }, ifVersion: 1 }])
          .then(() => n)
          .catch((error: unknown) => error),
      );
      const results = await Promise.all(writers);
      const winners = results.filter((result) => typeof result === 'number');
      equal(winners.length, 1);
      equal(results.filter((result) => result instanceof Conflict).length, 31);
      deepEqual(await store.get('counters', 'c'), { _id: 'c', n: winners[0], v: 2 });
    },
  },

  {
    name: 'commits lose no increment of 32 writers that read again after a Conflict',
    async run(subject) {
      const store = await subject.open();
      await store.commit([{ op: 'insert', in: 'counters', doc: { _id: 'c', n: 0 } }]);
      await Promise.all(Array.from({ length: 32 }, () => increment(store, 'c')));
      deepEqual(await store.get('counters', 'c'), { _id: 'c', n: 32, v: 33 });
    },
  },

  {
    name: 'commits refuse to replace, assert or delete another version, or what is not there',
    async run(subject) {
      const store = await subject.open();
      await store.commit([{ op: 'insert', in: 'counters', doc: { _id: 'c', n: 0 } }]);
      await store.commit([{ op: 'assert', in: 'counters', id: 'c', version: 1 }]);
      await store.commit([{ op: 'assert', in: 'counters', id: 'none', version: 0 }]);
      const stale = await Promise.allSettled([
        store.commit([{ op: 'replace', in: 'counters', doc: { _id: 'c', n: 1 }, ifVersion: 2 }]),
        store.commit([{ op: 'replace', in: 'counters', doc: { _id: 'none', n: 1 }, ifVersion: 1 }]),
        store.commit([{ op: 'assert', in: 'counters', id: 'c', version: 2 }]),
        store.commit([{ op: 'assert', in: 'counters', id: 'c', version: 0 }]),
        store.commit([{ op: 'assert', in: 'counters', id: 'none', version: 1 }]),
        store.commit([{ op: 'delete', in: 'counters', id: 'c', ifVersion: 2 }]),
      ]);
      for (const one of stale) ok(one.status === 'rejected' && one.reason instanceof Conflict);
      deepEqual(await store.get('counters', 'c'), { _id: 'c', n: 0, v: 1 });
      await store.commit([{ op: 'delete', in: 'counters', id: 'c', ifVersion: 1 }]);
      equal(await store.get('counters', 'c'), null);
    },
  },

  {
    name: 'commits do all of their 20 writes or, when the last one fails, none',
    async run(subject) {
      requireTransactions(subject);
      const store = await subject.open();
      await store.commit([{ op: 'insert', in: 'people', doc: person('taken') }]);
      const inserts = Array.from({ length: 19 }, (_, i) => ({
        op: 'insert' as const,
        in: 'people' as const,
        doc: person(`p${i}`),
      }));
      const last = {
        op: 'insert',
        in: 'people',
        doc: person('p19', { email: 'taken@example.org' }),
      } as const;
      await rejects(store.commit([...inserts, last]), Duplicate);
      const stale = { op: 'replace', in: 'people', doc: person('taken', { rank: 5 }), ifVersion: 7 } as const;
      await rejects(store.commit([...inserts, stale]), Conflict);
      for (const index of ['_id', 'by_email', 'by_group', 'by_activity']) {
        equal(await store.count('people', { index }), 1);
      }
      await store.commit([...inserts, { ...last, doc: person('p19') }]);
      equal(await store.count('people', { index: 'by_group', equals: ['A'] }), 21);
    },
  },

  {
    name: 'commits refuse more than 1,000 writes and a document named twice',
    async run(subject) {
      const store = await subject.open();
      const insert = (n: number) => ({
        op: 'insert' as const,
        in: 'counters' as const,
        doc: { _id: `${n}`, n },
      });
      await rejects(store.commit(Array.from({ length: 1001 }, (_, n) => insert(n))), /1000/);
      await rejects(store.commit([insert(1), insert(1)]), /twice/);
      equal(await store.count('counters', { index: '_id' }), 0);
    },
  },

  {
    name: 'commits keep the sum of all accounts under concurrent transfers',
    async run(subject) {
      requireTransactions(subject);
      const store = await subject.open();
      const accounts = ['a', 'b', 'c', 'd'];
      await store.commit(accounts.map((_id) => ({ op: 'insert', in: 'counters', doc: { _id, n: 100 } })));
      const transfers = Array.from({ length: 200 }, (_, i) => transfer(store, accounts, i));
      const done = (await Promise.all(transfers)).filter(Boolean).length;
      const after = await store.getMany('counters', accounts);
      equal(
        after.reduce((sum, doc) => sum + (doc?.n ?? 0), 0),
        400,
      );
      equal(
        after.reduce((sum, doc) => sum + (doc?.v ?? 0) - 1, 0),
        done * 2,
      );
      ok(done > 0);
    },
  },

  {
    name: 'commits let an assertion stop write skew: of two doctors on call one stays',
    async run(subject) {
      requireTransactions(subject);
      const store = await subject.open();
      for (let round = 0; round < 20; round += 1) {
        const [left, right] = [`left${round}`, `right${round}`];
        await store.commit(
          [left, right].map((_id) => ({ op: 'insert', in: 'counters', doc: { _id, n: 1 } })),
        );
        const leave = (me: string, other: string) =>
          store.commit([
            { op: 'assert', in: 'counters', id: other, version: 1 },
            { op: 'replace', in: 'counters', doc: { _id: me, n: 0 }, ifVersion: 1 },
          ]);
        const results = await Promise.allSettled([leave(left, right), leave(right, left)]);
        equal(results.filter(({ status }) => status === 'fulfilled').length, 1);
        const on = await store.getMany('counters', [left, right]);
        deepEqual(on.map((doc) => doc?.n).sort(), [0, 1]);
      }
    },
  },

  {
    name: 'commits let an assertion of absence stop write skew',
    async run(subject) {
      requireTransactions(subject);
      const store = await subject.open();
      for (let round = 0; round < 20; round += 1) {
        const take = (me: string, other: string) =>
          store.commit([
            { op: 'assert', in: 'counters', id: other, version: 0 },
            { op: 'insert', in: 'counters', doc: { _id: me, n: 0 } },
          ]);
        const [left, right] = [`left${round}`, `right${round}`];
        await Promise.allSettled([take(left, right), take(right, left)]);
        equal((await store.getMany('counters', [left, right])).filter(Boolean).length, 1);
      }
    },
  },
];

async function increment(store: TestStore, id: string): Promise<void> {
  for (;;) {
    const current = await store.get('counters', id);
    if (!current) throw new Error('the counter is gone');
    const { v, n } = current;
    try {
      await store.commit([{ op: 'replace', in: 'counters', doc: { _id: id, n: n + 1 }, ifVersion: v }]);
      return;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
}

/** Moves 1 from one account to the next, or does nothing when another transfer was faster. */
async function transfer(store: TestStore, accounts: readonly string[], i: number): Promise<boolean> {
  const ids = [accounts[i % 4] ?? '', accounts[(i + 1) % 4] ?? ''];
  const [from, to] = await store.getMany('counters', ids);
  if (!from || !to) throw new Error('an account is gone');
  const move = ({ _id, n, v }: typeof from, by: number) =>
    ({ op: 'replace', in: 'counters', doc: { _id, n: n + by }, ifVersion: v }) as const;
  try {
    await store.commit([move(from, -1), move(to, 1)]);
    return true;
  } catch (error) {
    if (error instanceof Conflict) return false;
    throw error;
  }
}
