import { mongo } from 'mongoose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMongoStore, model, Unavailable } from '#server/storage';
import { storeCases, testSchemas, type StoreSubject } from '#server/storage/contract';
import { testContract } from '../../support/contract.ts';

const server = process.env['NIEM_TEST_DATABASE_URL'];

describe.skipIf(!server)('mongo store (skipped unless NIEM_TEST_DATABASE_URL names a server)', () => {
  const stores: { close(): Promise<void> }[] = [];
  const databases: string[] = [];
  let client: mongo.MongoClient;
  let noTransactions: string | undefined;

  beforeAll(async () => {
    client = await mongo.MongoClient.connect(server ?? '');
    const admin = client.db('admin');
    const hello = await admin.command({ hello: 1 }).catch(() => admin.command({ isMaster: 1 }));
    if (hello['logicalSessionTimeoutMinutes'] === undefined) noTransactions = 'this server has no sessions';
    else if (!hello['setName'] && hello['msg'] !== 'isdbgrid')
      noTransactions = 'this server is no replica set';
  });

  afterAll(async () => {
    await Promise.all(stores.map((store) => store.close()));
    // the test server without sessions keeps nothing and cannot drop either
    if (!noTransactions) await Promise.all(databases.map((name) => client.db(name).dropDatabase()));
    await client.close();
  });

  function newPlace(): string {
    const name = `niem_test_${process.pid}_${databases.length}`;
    databases.push(name);
    const url = new URL(server ?? '');
    url.pathname = `/${name}`;
    return url.href;
  }

  const openAt: StoreSubject['openAt'] = async (url, schemas) => {
    const store = await createMongoStore({ url, schemas });
    stores.push(store);
    return store;
  };
  const open = () => openAt(newPlace(), testSchemas);

  testContract(storeCases, () => ({
    open,
    newPlace,
    openAt,
    withoutTransactions: () => noTransactions,
    ordersTextByBytes: () => noTransactions === undefined,
  }));

  test('keeps the declared indexes and no others, the id last where values repeat', async () => {
    const place = newPlace();
    const declare = (...fields: string[]) => {
      const people = model({ name: { type: String, required: true }, age: { type: Number, required: true } });
      people.index(Object.fromEntries(fields.map((field) => [field, 1])), { name: 'by_it' });
      return { people };
    };
    const keys = async () => {
      const indexes = await client.db(new URL(place).pathname.slice(1)).collection('people').indexes();
      const listed = indexes.map(({ name, key }) => [name, Object.keys(key)] as const);
      return listed.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    };
    await openAt(place, declare('name'));
    expect(await keys()).toEqual([
      ['_id_', ['_id']],
      ['by_it', ['name', '_id']],
    ]);
    await openAt(place, declare('name', 'age'));
    expect(await keys()).toEqual([
      ['_id_', ['_id']],
      ['by_it', ['name', 'age', '_id']],
    ]);
    await openAt(place, { people: model({ name: { type: String, required: true } }) });
    expect(await keys()).toEqual([['_id_', ['_id']]]);
  });

  test('refuses commits of several writes where there are no transactions', async (ctx) => {
    if (!noTransactions) ctx.skip('this server has transactions');
    const store = await open();
    const inserts = ['a', 'b'].map((_id) => ({
      op: 'insert' as const,
      in: 'counters' as const,
      doc: { _id, n: 1 },
    }));
    const error: unknown = await store.commit(inserts).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Unavailable);
    expect((error as Error).message).toContain('replica set');
    expect(await store.count('counters', { index: '_id' })).toBe(0);
  });
});

test('a MongoDB that does not answer is Unavailable, and the error hides the password', async () => {
  const url = 'mongodb://user:hidden-word@127.0.0.1:1/niem?serverSelectionTimeoutMS=200';
  const error: unknown = await createMongoStore({ url, schemas: testSchemas }).catch(
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(Unavailable);
  expect((error as Error).message).not.toContain('hidden-word');
});
