import { calculateObjectSize } from 'bson';
import type { Model } from 'mongoose';
import { indexKey, type Collection, type Plain } from './collection.ts';
import { InvalidDocument } from './store.ts';
import { turn } from './turn.ts';

/** A collection with the mongoose model that validates its documents. */
export interface Validated extends Collection {
  model: Model<Plain>;
}

/** A write that has passed its schema: `v` is set, Maps are plain objects, index keys fit. */
export type Planned =
  | { op: 'insert'; in: Validated; id: string; doc: Plain }
  | { op: 'replace'; in: Validated; id: string; doc: Plain; version: number }
  | { op: 'assert'; in: Validated; id: string; version: number }
  | { op: 'delete'; in: Validated; id: string; version: number };

/** A write as the port takes it, collections and documents not yet told apart. */
export type AnyWrite = { in: string } & (
  | { op: 'insert'; doc: { _id: string } }
  | { op: 'replace'; doc: { _id: string }; ifVersion: number }
  | { op: 'assert'; id: string; version: number }
  | { op: 'delete'; id: string; ifVersion: number }
);

const MAX_WRITES = 1000;
/** Writes checked in one turn of the event loop; checking one takes a tenth of a millisecond. */
const AT_ONCE = 32;
/** MongoDB's limit of 16 MiB, less room for what a server adds. */
const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024 - 16 * 1024;

/** Checks a commit before anything is written. Throws InvalidDocument, or Error when the program misuses the port. */
export async function plan(
  collections: ReadonlyMap<string, Validated>,
  writes: readonly AnyWrite[],
): Promise<Planned[]> {
  if (writes.length > MAX_WRITES) throw new Error(`A commit takes at most ${MAX_WRITES} writes.`);
  const named = new Set<string>();
  const planned: Planned[] = [];
  for (const write of writes) {
    const collection = find(collections, write.in);
    const id = write.op === 'insert' || write.op === 'replace' ? write.doc._id : write.id;
    const name = JSON.stringify([write.in, id]);
    if (named.has(name)) throw new Error(`A commit names a document of ${write.in} twice.`);
    named.add(name);
    if (typeof id !== 'string' || id === '') throw new InvalidDocument(write.in, ['_id']);
    planned.push(await planOne(collection, id, write));
    if (planned.length % AT_ONCE === 0) await turn();
  }
  return planned;
}

/** The collection of this name. Throws Error when the schemas have none. */
export function find<V>(collections: ReadonlyMap<string, V>, name: string): V {
  const collection = collections.get(name);
  if (!collection) throw new Error(`There is no collection ${name}.`);
  return collection;
}

async function planOne(collection: Validated, id: string, write: AnyWrite): Promise<Planned> {
  switch (write.op) {
    case 'insert':
      return { op: 'insert', in: collection, id, doc: await validate(collection, write.doc, 1) };
    case 'replace': {
      const version = write.ifVersion;
      const doc = await validate(collection, write.doc, version + 1);
      return { op: 'replace', in: collection, id, doc, version };
    }
    case 'assert':
      return { op: 'assert', in: collection, id, version: write.version };
    case 'delete':
      return { op: 'delete', in: collection, id, version: write.ifVersion };
  }
}

async function validate(collection: Validated, input: object, v: number): Promise<Plain> {
  let doc: Plain;
  try {
    const document = new collection.model({ ...input, v });
    await document.validate();
    doc = document.toObject({ flattenMaps: true, depopulate: true }) as Plain;
  } catch (error) {
    throw new InvalidDocument(collection.name, offendingFields(error));
  }
  if (calculateObjectSize(doc) > MAX_DOCUMENT_BYTES) {
    throw new InvalidDocument(collection.name, ['16 MiB'], 'is larger than');
  }
  for (const index of collection.indexes) indexKey(collection, index, doc);
  return doc;
}

/** Paths only: mongoose's messages carry the values. */
function offendingFields(error: unknown): string[] {
  if (error instanceof Error && 'errors' in error) return Object.keys(error.errors as object);
  if (error instanceof Error && 'path' in error) return [String(error.path)];
  return ['(unreadable)'];
}
