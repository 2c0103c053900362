import { deepEqual, equal, ok } from 'node:assert/strict';
import { LIMITS } from '#bank/protocol';
import { InvalidDocument } from '../store.ts';
import { person } from './store-schemas.ts';
import type { StoreCase } from './store-subject.ts';

export const documentCases: readonly StoreCase[] = [
  {
    name: 'documents come back as they went in: Buffer, Date, Map, lists, sub-documents, free JSON',
    async run(subject) {
      const store = await subject.open();
      const box = { kid: 'k', key: Buffer.from([0, 255]), box: Buffer.alloc(0) };
      const doc = person('p', {
        joined: new Date(-1),
        photo: Buffer.from([...Array(256).keys()]),
        labels: new Map([
          ['một', 'Nguyễn'],
          ['', 'empty'],
        ]),
        keysByName: new Map([['first', box]]),
        homes: [{ street: 'Lê Lợi' }, { street: '', since: new Date(5) }],
        person: box,
        scores: [0.1, -3, 2 ** 40],
        note: { a: [null, { b: false }], text: 'x', empty: {}, none: [] },
        role: 'teacher',
      });
      await store.commit([{ op: 'insert', in: 'people', doc }]);
      const found = await store.get('people', 'p');
      deepEqual(found, { ...doc, v: 1 });
      equal(Buffer.isBuffer(found?.photo) && found.labels instanceof Map, true);
    },
  },

  {
    name: 'documents of a megabyte come back byte for byte, one commit after the other',
    async run(subject) {
      const store = await subject.open();
      const pieces = Array.from({ length: 4 }, (_, n) => Buffer.alloc(LIMITS.mediaPieceBytes, `piece ${n} `));
      for (const [n, photo] of pieces.entries())
        await store.commit([{ op: 'insert', in: 'people', doc: person(`piece-${n}`, { photo }) }]);
      for (const [n, photo] of pieces.entries())
        ok((await store.get('people', `piece-${n}`))?.photo?.equals(photo));
    },
  },

  {
    name: 'documents keep absent what is absent, and what a read returns belongs to the caller',
    async run(subject) {
      const store = await subject.open();
      await store.commit([{ op: 'insert', in: 'people', doc: person('p') }]);
      const first = await store.get('people', 'p');
      deepEqual(first, { ...person('p'), v: 1 });
      if (first) first.email = 'changed';
      equal((await store.get('people', 'p'))?.email, 'p@example.org');
    },
  },

  {
    name: 'documents are refused with an unknown, missing or wrong field, and the error tells no value',
    async run(subject) {
      const store = await subject.open();
      const { email: _, ...withoutEmail } = person('p');
      const wrong: [object, string][] = [
        [{ ...person('p'), hobby: 'secret-value' }, 'hobby'],
        [{ ...person('p'), homes: [{ street: 'secret-value', city: 'Huế' }] }, 'homes'],
        [withoutEmail, 'email'],
        [{ ...person('p'), role: 'secret-value' }, 'role'],
        [{ ...person('p'), rank: 'secret-value' }, 'rank'],
        [{ ...person('p'), rank: Number.NaN }, 'rank'],
        [{ ...person('p'), email: { $gt: 'secret-value' } }, 'email'],
        [{ ...person('p'), email: 'x'.repeat(2000) }, 'email'],
        [{ ...person('p'), email: '\ud800' }, 'email'],
        [person(''), '_id'],
        [person('x'.repeat(2000)), '_id'],
      ];
      for (const [doc, field] of wrong) {
        const write = { op: 'insert', in: 'people', doc: doc as ReturnType<typeof person> } as const;
        const error: unknown = await store.commit([write]).catch((error: unknown) => error);
        ok(error instanceof InvalidDocument);
        ok((error as InvalidDocument).fields.join().includes(field));
        ok(!String((error as Error).message).includes('secret-value'));
      }
      equal(await store.count('people', { index: '_id' }), 0);
    },
  },

  {
    name: 'documents are found by getMany in the order asked for',
    async run(subject) {
      const store = await subject.open();
      for (const id of ['a', 'b', 'c']) await store.commit([{ op: 'insert', in: 'people', doc: person(id) }]);
      const found = await store.getMany('people', ['c', 'nobody', 'a', 'c', '', 'x'.repeat(3000)]);
      deepEqual(
        found.map((doc) => doc?._id ?? null),
        ['c', null, 'a', 'c', null, null],
      );
      deepEqual(await store.getMany('people', []), []);
    },
  },
];
