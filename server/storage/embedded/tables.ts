import { deserialize } from 'bson';
import { open, type Database, type RootDatabase } from 'lmdb';
import { closeSync, existsSync, mkdirSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { indexKey, type Collection, type Index, type Plain } from '../collection.ts';
import { afterPrefix, encodeKey } from '../ordered-key.ts';

/** Both sides are bytes: keys of ordered-key.ts, values BSON documents or the UTF-8 id of one. */
export type Bytes = Database<Buffer, Buffer>;

/** The lmdb tables of one collection. `entries` maps an index key to an id. */
export interface Table {
  documents: Bytes;
  entries: ReadonlyMap<string, Bytes>;
}

const MAGIC = Buffer.from('dec0efbe', 'hex');
const MAGIC_AT = 24;
const BYTES = { encoding: 'binary', keyEncoding: 'binary' } as const;

/** Opens the environment. Every commit is flushed before it becomes visible or is reported. */
export function openEnvironment(dir: string, collections: readonly Collection[]): RootDatabase {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const tables = collections.reduce((sum, collection) => sum + collection.indexes.length, 1);
  const path = join(dir, 'store.mdb');
  checkHeader(path);
  const options = {
    path,
    // tables of indexes that were dropped from the schemas are opened once more, to be emptied
    maxDbs: tables * 2 + 64,
    overlappingSync: false,
    // a batch of an event turn has a promise that nobody can listen to, and its rejection would end the process
    eventTurnBatching: false,
    permissionsMode: 0o600,
    ...BYTES,
  };
  return open(options);
}

/** lmdb ends the process on a file that is not its own; this throws instead. The magic is mdb.c's MDB_MAGIC. */
function checkHeader(path: string): void {
  if (!existsSync(path)) return;
  const header = Buffer.alloc(MAGIC_AT + MAGIC.length);
  const file = openSync(path, 'r');
  const length = readSync(file, header, 0, header.length, 0);
  closeSync(file);
  if (length === 0 || header.subarray(MAGIC_AT).equals(MAGIC)) return;
  throw new Error('store.mdb is damaged or belongs to another program. Put a backup in its place.');
}

export function openMeta(root: RootDatabase): Bytes {
  return root.openDB('meta', BYTES);
}

/**
 * Opens the tables of a collection and brings its indexes in line with the schema: a new or changed one is built
 * from the documents, one that is no longer declared is emptied. Each is one transaction.
 */
export function openTable(root: RootDatabase, meta: Bytes, collection: Collection): Table {
  const documents = root.openDB<Buffer, Buffer>(`documents/${collection.name}`, BYTES);
  const declared = collection.indexes.filter((index) => index.name !== '_id');
  const entries = new Map<string, Bytes>();
  for (const index of declared) {
    const table = root.openDB<Buffer, Buffer>(entriesName(collection.name, index.name), BYTES);
    const definition = Buffer.from(JSON.stringify(index));
    const recorded = definitionKey(collection.name, index.name);
    if (!meta.getBinary(recorded)?.equals(definition)) {
      root.transactionSync(() => {
        table.clearSync();
        build(collection, index, documents, table);
        meta.putSync(recorded, definition);
      });
    }
    entries.set(index.name, table);
  }
  dropOthers(root, meta, collection);
  return { documents, entries };
}

/** The stored form of a document back as it was, with Buffers, Dates and Maps. */
export function readDocument(collection: Collection, bytes: Buffer): Plain {
  return collection.revive(deserialize(bytes, { promoteBuffers: true }) as Plain);
}

function build(collection: Collection, index: Index, documents: Bytes, table: Bytes): void {
  for (const { value } of documents.getRange()) {
    const doc = deserialize(value, { promoteBuffers: true }) as Plain;
    const key = indexKey(collection, index, doc);
    if (index.unique && table.doesExist(key)) {
      throw new Error(
        `Index ${index.name} of ${collection.name} cannot be unique: two stored documents have the same value.`,
      );
    }
    table.putSync(key, Buffer.from(doc._id));
  }
}

function dropOthers(root: RootDatabase, meta: Bytes, collection: Collection): void {
  const prefix = encodeKey(['String', 'String'], ['index', collection.name]);
  const end = afterPrefix(prefix);
  const recorded = [...meta.getRange({ start: prefix, ...(end && { end }) })];
  for (const { key, value } of recorded) {
    const { name } = JSON.parse(value.toString()) as Index;
    if (collection.indexes.some((index) => index.name === name)) continue;
    const table = root.openDB<Buffer, Buffer>(entriesName(collection.name, name), BYTES);
    root.transactionSync(() => {
      table.clearSync();
      meta.removeSync(key);
    });
  }
}

function entriesName(collection: string, index: string): string {
  return `entries/${collection}/${index}`;
}

function definitionKey(collection: string, index: string): Buffer {
  return encodeKey(['String', 'String', 'String'], ['index', collection, index]);
}
