import { mongo } from 'mongoose';
import { expect, test } from 'vitest';
import { readTopology } from '#server/storage';
import { newDatabase, testServer } from '../support/mongo-server.ts';
import { freshPlace, serverOn } from '../support/server.ts';

test('a MongoDB without transactions is refused at the start, in both languages, with what to do', async (ctx) => {
  if (!testServer) ctx.skip('NIEM_TEST_DATABASE_URL names no server');
  const url = newDatabase();
  const client = await mongo.MongoClient.connect(url);
  const { transactions } = await readTopology(client);
  await client.close();
  if (transactions) ctx.skip('this server has transactions');
  const server = serverOn(freshPlace({ NIEM_DATABASE_URL: url }));
  await expect(server.start()).rejects.toThrow(
    /Hãy khởi động mongod với --replSet[\s\S]*Start mongod with --replSet/,
  );
  expect(await server.stop()).toBe(1);
});

test('a MongoDB that does not answer ends the start with a sentence that hides the password', async () => {
  const url = 'mongodb://user:hidden-word@127.0.0.1:1/niem?serverSelectionTimeoutMS=200';
  const server = serverOn(freshPlace({ NIEM_DATABASE_URL: url }));
  const error: unknown = await server.start().catch((error: unknown) => error);
  expect(String(error)).toContain('Check that the server runs and has a primary');
  expect(String(error)).not.toContain('hidden-word');
  expect(await server.stop()).toBe(1);
});
