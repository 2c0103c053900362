import { Mongoose, type Schema } from 'mongoose';
import type { RootDatabase } from 'lmdb';
import { readCollection, type Plain } from '../collection.ts';
import { makeFolder, realDisk, syncFolder } from '../disk.ts';
import type { Validated } from '../planned.ts';
import { Unavailable } from '../store.ts';
import { reasonOf } from './failure.ts';
import { claim, type Ownership } from './owner.ts';
import { openEnvironment, openMeta, openTable, type Bytes, type Table } from './tables.ts';

export type Schemas = Readonly<Record<string, Schema>>;

/** A folder with a store, opened and owned by this process. */
export interface OpenFolder {
  root: RootDatabase;
  meta: Bytes;
  ownership: Ownership;
  collections: ReadonlyMap<string, Validated>;
  tables: ReadonlyMap<string, Table>;
}

/** @throws Unavailable when another process has the folder, or it cannot be read */
export async function openFolder(dir: string, schemas: Schemas): Promise<OpenFolder> {
  const collections = validatedCollections(schemas);
  let root: RootDatabase | undefined;
  let ownership: Ownership | undefined;
  try {
    root = openEnvironment(dir, [...collections.values()]);
    const meta = openMeta(root);
    ownership = claim(root, meta, dir);
    await makeDurable(dir);
    const tables = new Map<string, Table>();
    for (const collection of collections.values()) {
      tables.set(collection.name, openTable(root, meta, collection));
    }
    return { root, meta, ownership, collections, tables };
  } catch (error) {
    ownership?.release({ record: true });
    await root?.close();
    if (error instanceof Unavailable) throw error;
    throw new Unavailable(`The data folder ${dir} could not be opened: ${reasonOf(error)}`, { cause: error });
  }
}

/** lmdb flushes what stands in its file; that there is such a file, in such a folder, is for us to flush. */
async function makeDurable(dir: string): Promise<void> {
  await syncFolder(realDisk, dir);
  await makeFolder(realDisk, dir);
}

function validatedCollections(schemas: Schemas): Map<string, Validated> {
  const mongoose = new Mongoose({ autoIndex: false, autoCreate: false });
  return new Map(
    Object.entries(schemas).map(([name, schema]) => {
      const model = mongoose.model<Plain>(name, schema, name);
      return [name, { ...readCollection(name, schema), model }];
    }),
  );
}
