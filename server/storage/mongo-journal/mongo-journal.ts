import type { Journal } from '../journal.ts';
import { journalSchemas } from '../models/journal.ts';
import { createMongoStore } from '../mongo/store.ts';
import { createStreamJournal, type StreamJournalOptions } from './stream-journal.ts';

export interface MongoJournalOptions extends StreamJournalOptions {
  /** Address of the replica set, with the database. */
  url: string;
}

/**
 * The journal in MongoDB: see `createStreamJournal`. Every write is a single insert with write concern majority and
 * journal, every decision rests on majority reads from the primary; no transaction is needed.
 *
 * @throws Unavailable when the server cannot be reached
 */
export async function createMongoJournal({ url, ...options }: MongoJournalOptions): Promise<Journal> {
  const store = await createMongoStore({ url, schemas: journalSchemas });
  try {
    const journal = await createStreamJournal({ ...options, store });
    return {
      ...journal,
      async close() {
        await journal.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
