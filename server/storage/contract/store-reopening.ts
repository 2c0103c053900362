import { deepEqual, equal, rejects } from 'node:assert/strict';
import { model, type Model } from '../models/index.ts';
import { Duplicate, InvalidQuery, Unavailable } from '../store.ts';
import { person, testSchemas } from './store-schemas.ts';
import type { StoreCase } from './store-subject.ts';

const letters = { name: { type: String, required: true }, size: { type: Number, required: true } } as const;
type Indexed = [fields: string[], options: { name: string; unique?: true }];
const lettersWith = (...indexes: Indexed[]) => {
  const schema = model(letters);
  for (const [fields, options] of indexes) {
    schema.index(Object.fromEntries(fields.map((field) => [field, 1])), options);
  }
  return { letters: schema };
};
const insert = (_id: string, name: string, size: number) =>
  ({ op: 'insert', in: 'letters', doc: { _id, name, size } }) as const;

export const reopeningCases: readonly StoreCase[] = [
  {
    name: 'reopening finds what was committed before',
    async run(subject) {
      const place = subject.newPlace();
      const before = await subject.openAt(place, testSchemas);
      await before.commit([{ op: 'insert', in: 'people', doc: person('p') }]);
      await before.commit([{ op: 'replace', in: 'people', doc: person('p', { rank: 7 }), ifVersion: 1 }]);
      await before.close();
      const after = await subject.openAt(place, testSchemas);
      deepEqual(await after.get('people', 'p'), { ...person('p', { rank: 7 }), v: 2 });
    },
  },

  {
    name: 'reopening builds new and changed indexes, and one that had been dropped for a while',
    async run(subject) {
      const place = subject.newPlace();
      const first = await subject.openAt(place, lettersWith([['name'], { name: 'by_it' }]));
      for (const n of [1, 2, 3]) await first.commit([insert(`l${n}`, `n${n}`, -n)]);
      await first.close();

      const second = await subject.openAt(place, lettersWith([['size'], { name: 'by_it' }]));
      const walk = async (store: typeof first, index: string) =>
        (await store.range('letters', { index, limit: 10 })).docs.map(({ _id }) => _id);
      deepEqual(await walk(second, 'by_it'), ['l3', 'l2', 'l1']);
      await second.close();

      const third = await subject.openAt(place, lettersWith());
      await third.commit([insert('l4', 'n0', 5)]);
      await third.commit([{ op: 'delete', in: 'letters', id: 'l2', ifVersion: 1 }]);
      await rejects(walk(third, 'by_it'), InvalidQuery);
      await third.close();

      const unique = lettersWith(
        [['size'], { name: 'by_it' }],
        [['name'], { name: 'by_name', unique: true }],
      );
      const fourth = await subject.openAt(place, unique);
      deepEqual(await walk(fourth, 'by_it'), ['l3', 'l1', 'l4']);
      deepEqual(await walk(fourth, 'by_name'), ['l4', 'l1', 'l3']);
      await rejects(fourth.commit([insert('l5', 'n0', 1)]), Duplicate);
    },
  },

  {
    name: 'reopening refuses a unique index that stored documents break, and loses nothing by it',
    async run(subject) {
      const place = subject.newPlace();
      const first = await subject.openAt(place, lettersWith());
      for (const id of ['a', 'b']) await first.commit([insert(id, 'same', 1)]);
      await first.close();
      const unique = lettersWith([['name'], { name: 'by_name', unique: true }]);
      await rejects(subject.openAt(place, unique), /by_name/);
      const again = await subject.openAt(place, lettersWith([['name'], { name: 'by_name' }]));
      equal(await again.count('letters', { index: 'by_name', equals: ['same'] }), 2);
    },
  },

  {
    name: 'reopening refuses indexes that it cannot keep, before anything is opened',
    async run(subject) {
      const wrong = [
        model(letters).index({ name: 1 }),
        model(letters).index({ name: -1 }, { name: 'by_name' }),
        model(letters).index({ name: 1 }, { name: 'by_name', sparse: true }),
        model(letters).index({ nothing: 1 }, { name: 'by_nothing' }),
        model({ name: { type: String } }).index({ name: 1 }, { name: 'by_name' }),
        model({ bytes: { type: Buffer, required: true } }).index({ bytes: 1 }, { name: 'by_bytes' }),
      ];
      for (const schema of wrong) {
        const letters = schema as Model<unknown>;
        await rejects(subject.openAt(subject.newPlace(), { letters }), /Collection letters/);
      }
    },
  },

  {
    name: 'reopening reads and writes nothing after it was closed',
    async run(subject) {
      const store = await subject.open();
      await store.close();
      await store.close();
      await rejects(store.get('counters', 'c'), Unavailable);
      await rejects(store.range('counters', { index: '_id', limit: 1 }), Unavailable);
      const write = { op: 'insert', in: 'counters', doc: { _id: 'c', n: 0 } } as const;
      await rejects(store.commit([write]), Unavailable);
    },
  },
];
