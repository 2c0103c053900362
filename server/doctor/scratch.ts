import type { mongo } from 'mongoose';
import { withDatabase } from './database-url.ts';

/** Databases that exist for one run only: `<name>_1`, `<name>_2` and so on. */
export interface Scratch {
  /** Address of a database with nothing in it. */
  newUrl(): string;
  /** Drops what was made; what cannot be dropped is tried again by the next call. */
  drop(): Promise<void>;
  /** What could not be dropped. */
  left(): string[];
}

/** Databases of the throwaway name exist: they may be somebody's. */
export class ScratchInUse extends Error {
  constructor(names: readonly string[]) {
    super(
      `These databases are not empty: ${names.join(', ')}. Drop them if an earlier run left them behind, or choose ` +
        'another name with --scratch.',
    );
    this.name = 'ScratchInUse';
  }
}

/** @throws ScratchInUse when a database of this name, or of one that follows from it, holds anything */
export async function openScratch(client: mongo.MongoClient, url: string, name: string): Promise<Scratch> {
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
  const own = new RegExp(`^${name}(_\\d+)?$`, 'i');
  const taken = databases.map((database) => database.name).filter((other) => own.test(other));
  if (taken.length > 0) throw new ScratchInUse(taken);

  let count = 0;
  const made = new Set<string>();
  return {
    newUrl() {
      const database = `${name}_${(count += 1)}`;
      made.add(database);
      return withDatabase(url, database);
    },
    async drop() {
      for (const database of made) {
        const dropped = await client
          .db(database)
          .dropDatabase()
          .catch(() => false);
        if (dropped) made.delete(database);
      }
    },
    left: () => [...made],
  };
}
