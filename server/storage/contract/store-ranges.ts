import { deepEqual, equal, notEqual, ok, rejects } from 'node:assert/strict';
import { InvalidQuery, type Scalar } from '../store.ts';
import { person } from './store-schemas.ts';
import type { StoreCase, TestStore } from './store-subject.ts';

const ids = async (store: TestStore, query: Parameters<TestStore['range']>[1]) =>
  (await store.range('people', query)).docs.map(({ _id }) => _id);

export const rangeCases: readonly StoreCase[] = [
  {
    name: 'ranges walk a compound index between bounds in both orders',
    async run(subject) {
      const store = await subject.open();
      const ranks = [-1.5, -1, 0, 1, 2, 10];
      for (const rank of ranks) {
        for (const group of ['A', 'AB', 'B']) {
          await store.commit([
            { op: 'insert', in: 'people', doc: person(`${group}${rank}`, { group, rank }) },
          ]);
        }
      }
      const walk = (bounds: object, order: 'asc' | 'desc' = 'asc') =>
        ids(store, { index: 'by_group', equals: ['A'], limit: 100, order, ...bounds });
      deepEqual(
        await walk({}),
        ranks.map((rank) => `A${rank}`),
      );
      deepEqual(
        await walk({}, 'desc'),
        ranks.toReversed().map((rank) => `A${rank}`),
      );
      deepEqual(await walk({ gt: -1, lte: 2 }), ['A0', 'A1', 'A2']);
      deepEqual(await walk({ gte: -1, lt: 2 }), ['A-1', 'A0', 'A1']);
      deepEqual(await walk({ gte: -1, lt: 2 }, 'desc'), ['A1', 'A0', 'A-1']);
      deepEqual(await walk({ gt: 2, lt: 2 }), []);
      deepEqual(await walk({ gt: 5, lt: -5 }, 'desc'), []);
      deepEqual(await ids(store, { index: 'by_group', equals: ['A', 10], limit: 5 }), ['A10']);
      deepEqual(await ids(store, { index: 'by_group', gt: 'A', lt: 'B', limit: 2 }), ['AB-1.5', 'AB-1']);
      const counted = { index: 'by_group', equals: ['A'], gt: -1, lte: 2 } as const;
      equal(await store.count('people', counted), 3);
      equal(await store.count('people', { index: '_id' }), 18);
    },
  },

  {
    name: 'ranges page through with resume keys while others insert and delete',
    async run(subject) {
      const store = await subject.open();
      const name = (n: number) => `p${String(n).padStart(3, '0')}`;
      for (let n = 0; n < 30; n += 1) {
        const doc = person(name(n * 2), { rank: Math.floor(n / 3) });
        await store.commit([{ op: 'insert', in: 'people', doc }]);
      }
      for (const order of ['asc', 'desc'] as const) {
        const stable = (await ids(store, { index: 'by_group', equals: ['A'], order, limit: 100 })).filter(
          (id) => Number(id.slice(1)) % 2 === 0,
        );
        const seen: string[] = [];
        let after: string | undefined;
        for (let page = 0; page === 0 || after !== undefined; page += 1) {
          const query = { index: 'by_group', equals: ['A'], order, limit: 4, ...(after && { after }) };
          const { docs, next } = await store.range('people', query);
          seen.push(...docs.map(({ _id }) => _id));
          equal(new Set(seen).size, seen.length);
          after = next;
          const odd = name((order === 'asc' ? page : 30 - page) * 2 + 1);
          const rank = order === 'asc' ? page : 9 - page;
          await store.commit([{ op: 'insert', in: 'people', doc: person(odd, { rank }) }]);
          const last = docs.at(-1);
          if (last && Number(last._id.slice(1)) % 2 === 1) {
            await store.commit([{ op: 'delete', in: 'people', id: last._id, ifVersion: 1 }]);
          }
        }
        deepEqual(
          seen.filter((id) => stable.includes(id)),
          stable,
        );
        for (const doc of (await store.range('people', { index: '_id', limit: 1000 })).docs) {
          if (Number(doc._id.slice(1)) % 2 === 1) {
            await store.commit([{ op: 'delete', in: 'people', id: doc._id, ifVersion: doc.v }]);
          }
        }
      }
    },
  },

  {
    name: 'ranges resume after a document that is gone',
    async run(subject) {
      const store = await subject.open();
      for (const id of ['a', 'b', 'c', 'd']) {
        await store.commit([{ op: 'insert', in: 'people', doc: person(id) }]);
      }
      for (const index of ['_id', 'by_email', 'by_group']) {
        const { docs, next } = await store.range('people', { index, limit: 2 });
        const last = docs.at(-1);
        deepEqual([last?._id, typeof next], ['b', 'string']);
        await store.commit([{ op: 'delete', in: 'people', id: 'b', ifVersion: 1 }]);
        deepEqual(await ids(store, { index, limit: 9, ...(next && { after: next }) }), ['c', 'd']);
        await store.commit([{ op: 'insert', in: 'people', doc: person('b') }]);
      }
    },
  },

  {
    name: 'ranges end without a resume key, also when the last page is full',
    async run(subject) {
      const store = await subject.open();
      for (const id of ['a', 'b']) await store.commit([{ op: 'insert', in: 'people', doc: person(id) }]);
      ok(!Object.hasOwn(await store.range('people', { index: 'by_email', limit: 2 }), 'next'));
      deepEqual(await store.range('people', { index: 'by_email', equals: ['nobody'], limit: 2 }), {
        docs: [],
      });
    },
  },

  {
    name: 'ranges take declared indexes, scalars of the right type, sane limits and their own resume keys only',
    async run(subject) {
      const store = await subject.open();
      for (const id of ['a', 'b']) await store.commit([{ op: 'insert', in: 'people', doc: person(id) }]);
      const { next = '' } = await store.range('people', { index: 'by_group', equals: ['A'], limit: 1 });
      notEqual(next, '');
      const injected = { $gt: '' } as unknown as Scalar;
      const wrong: Parameters<TestStore['range']>[1][] = [
        { index: 'by_name', limit: 1 },
        { index: 'by_group', equals: [injected], limit: 1 },
        { index: 'by_group', gt: injected, limit: 1 },
        { index: 'by_group', equals: [1], limit: 1 },
        { index: 'by_group', equals: ['A', '1'], limit: 1 },
        { index: 'by_group', equals: ['A', 1, 2], limit: 1 },
        { index: 'by_group', equals: ['A', 1], gt: 2, limit: 1 },
        { index: 'by_group', equals: ['A'], gt: 1, gte: 2, limit: 1 },
        { index: 'by_group', equals: ['x'.repeat(2000)], limit: 1 },
        { index: 'by_activity', equals: [true], gt: 5, limit: 1 },
        { index: 'by_group', limit: 0 },
        { index: 'by_group', limit: 1001 },
        { index: 'by_group', limit: 1.5 },
        { index: 'by_group', equals: ['B'], limit: 1, after: next },
        { index: 'by_email', limit: 1, after: next },
        { index: 'by_group', limit: 1, after: 'nonsense' },
        { index: 'by_group', limit: 1, after: `${next}AA` },
        { index: 'by_group', limit: 1, after: '' },
      ];
      for (const query of wrong) await rejects(store.range('people', query), InvalidQuery);
    },
  },
];
