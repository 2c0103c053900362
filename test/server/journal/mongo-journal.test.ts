import { serialize } from 'bson';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEmbeddedStore, createMongoJournal, DamagedJournal, type Journal } from '#server/storage';
import { answer, collect, journalCases } from '#server/storage/contract';
import { createStreamJournal } from '../../../server/storage/mongo-journal/stream-journal.ts';
import { journalSchemas } from '../../../server/storage/models/journal.ts';
import { testContract } from '../../support/contract.ts';
import { needlesOf } from '../../support/dump-search.ts';
import { newDatabase, testServer } from '../../support/mongo-server.ts';
import { tempDir } from '../../support/temp-dir.ts';
import { createProcess } from './journal-process.ts';
import { createReplica } from './replica-double.ts';
import { testKeys } from './support.ts';

const SMALL_SEGMENTS = 65_536;

async function closing(opened: Promise<Journal>): Promise<Journal> {
  const journal = await opened;
  onTestFinished(() => journal.close());
  return journal;
}

describe('MongoJournal over an embedded store', () => {
  const newHome = async () => {
    const store = await createEmbeddedStore({ dir: tempDir(), schemas: journalSchemas });
    onTestFinished(() => store.close());
    const keys = testKeys();
    return { open: () => closing(createStreamJournal({ store, keys, segmentBytes: SMALL_SEGMENTS })) };
  };
  testContract(journalCases, () => ({ newHome }));
});

describe.skipIf(!testServer)('MongoJournal (skipped unless NIEM_TEST_DATABASE_URL names a server)', () => {
  const newHome = async () => {
    const options = { url: newDatabase(), keys: testKeys(), segmentBytes: SMALL_SEGMENTS };
    return { open: () => closing(createMongoJournal(options)) };
  };
  testContract(journalCases, () => ({ newHome }));
});

describe('the documents of a MongoJournal', () => {
  const SECRET = 'Gia tốc trọng trường là 9,81 m/s²';
  const ATTEMPT = 'kXq3_attempt-id-0000A2';

  it('tell nothing: neither answers nor attempt ids, in any common encoding', async () => {
    const replica = createReplica();
    const journal = await createProcess({ replica }).opened;
    await journal.append([{ ...answer(ATTEMPT, 1, SECRET), type: 'telling-type' }]);
    await journal.close();
    const bytes = Buffer.concat(replica.documents('journalBatches').map((document) => serialize(document)));
    const found = [SECRET, ATTEMPT, 'telling-type'].flatMap((text) =>
      needlesOf(text).filter((needle) => bytes.includes(needle.bytes)),
    );
    expect(found).toEqual([]);
  });

  it('lie under a new key for every segment and every owner', async () => {
    const replica = createReplica();
    for (let start = 0; start < 3; start++) {
      const journal = await createProcess({ replica }).opened;
      for (let seq = 1; seq <= 20; seq++) await journal.append([answer('a', seq, 'x'.repeat(900))]);
      await journal.close();
    }
    const documents = replica.documents('journalBatches').filter(({ kind }) => kind !== 'batch');
    const keys = documents.map(({ box }) => (box as Buffer).toString('hex'));
    expect(documents.filter(({ kind }) => kind === 'fence')).toHaveLength(3);
    expect(keys.length).toBeGreaterThan(9);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('stop the start when one of them was changed, moved or removed, and name what is readable', async () => {
    const id = (batch: number) => `main/${String(batch).padStart(12, '0')}`;
    const damages: ((replica: ReturnType<typeof createReplica>) => void)[] = [
      (replica) => replica.tamper('journalBatches', id(4), () => null),
      (replica) =>
        replica.tamper('journalBatches', id(4), (document) => {
          const box = Buffer.from(document['box'] as Buffer);
          box[box.length - 1] = (box[box.length - 1] ?? 0) ^ 1;
          return { ...document, box };
        }),
      (replica) => replica.tamper('journalBatches', id(4), (document) => ({ ...document, count: 2 })),
      (replica) =>
        replica.tamper('journalBatches', id(4), (document) => ({
          ...document,
          box: replica.documents('journalBatches')[4]?.['box'],
        })),
    ];
    for (const damage of damages) {
      const replica = createReplica();
      const journal = await createProcess({ replica }).opened;
      for (let seq = 1; seq <= 8; seq++) await journal.append([answer('a', seq)]);
      await journal.close();
      damage(replica);
      const error: unknown = await createProcess({ replica }).opened.catch((error: unknown) => error);
      expect(error).toBeInstanceOf(DamagedJournal);
      expect(error).toMatchObject({ intactUpTo: 2, readableFrom: 4 });
    }
  });

  it('are readable while others append', async () => {
    const replica = createReplica();
    const journal = await createProcess({ replica }).opened;
    await journal.append([answer('a', 1), answer('b', 1)]);
    const replayed = journal.replay(2);
    await journal.append([answer('a', 2)]);
    expect((await collect(replayed)).map(({ position }) => position)).toEqual([2]);
    await journal.close();
  });
});
