import { mongo, Mongoose, type Connection, type Schema } from 'mongoose';
import { readCollection, type Index, type Plain } from '../collection.ts';
import type { Validated } from '../planned.ts';
import { Unavailable } from '../store.ts';
import { readTopology, type Topology } from './topology.ts';

export interface MongoServer {
  connection: Connection;
  collections: ReadonlyMap<string, Validated>;
  topology: Topology;
}

const NAMESPACE_EXISTS = 48;
/** For how long a write waits for the majority before its outcome is open. */
const MAJORITY_MS = 30_000;

/** Connects, and brings collections and indexes in line with the schemas. Throws Unavailable. */
export async function connect(url: string, schemas: Readonly<Record<string, Schema>>): Promise<MongoServer> {
  const mongoose = new Mongoose({ strictQuery: 'throw', sanitizeFilter: true });
  let connection: Connection | undefined;
  try {
    connection = await mongoose
      .createConnection(url, {
        autoIndex: false,
        autoCreate: false,
        bufferCommands: false,
        writeConcern: { w: 'majority', journal: true, wtimeoutMS: MAJORITY_MS },
        readConcern: { level: 'majority' },
        readPreference: 'primary',
        promoteBuffers: true,
        ignoreUndefined: true,
      })
      .asPromise();
    const topology = await readTopology(connection.getClient());
    const collections = new Map<string, Validated>();
    for (const [name, schema] of Object.entries(schemas)) {
      const collection = {
        ...readCollection(name, schema),
        model: connection.model<Plain>(name, schema, name),
      };
      collections.set(name, collection);
      await prepare(connection, collection);
    }
    return { connection, collections, topology };
  } catch (error) {
    await connection?.close();
    throw asUnavailable(error);
  }
}

/** MongoDB's own name of an index; the one of the ids is given. */
export function mongoName(index: Index): string {
  return index.name === '_id' ? '_id_' : index.name;
}

/**
 * The fields of the index in MongoDB: where values are not unique the id comes last, as it does in every page,
 * so that the server never sorts.
 */
export function mongoFields(index: Index): string[] {
  return index.unique ? [...index.fields] : [...index.fields, '_id'];
}

/** A failure of server or network as Unavailable; anything else as it is. */
export function asUnavailable(error: unknown): unknown {
  if (!(error instanceof mongo.MongoError) && !isSelectionError(error)) return error;
  return new Unavailable(
    `MongoDB did not take the work (${(error as Error).message}). Check that the server runs and has a primary and free space.`,
    { cause: error },
  );
}

/** mongoose wraps the driver's "no server found" in an error of its own. */
function isSelectionError(error: unknown): boolean {
  return error instanceof Error && error.name === 'MongooseServerSelectionError';
}

async function prepare(connection: Connection, collection: Validated): Promise<void> {
  await connection.createCollection(collection.name).catch((error: unknown) => {
    if (!(error instanceof mongo.MongoServerError && error.code === NAMESPACE_EXISTS)) throw error;
  });
  const native = collection.model.collection;
  const wanted = new Map(collection.indexes.map((index) => [mongoName(index), index]));
  for (const existing of await native.indexes()) {
    const name = String(existing.name);
    const index = wanted.get(name);
    if (index && sameIndex(index, existing)) wanted.delete(name);
    else if (name !== '_id_') await native.dropIndex(name);
  }
  wanted.delete('_id_');
  for (const [name, index] of wanted) {
    const fields = Object.fromEntries(mongoFields(index).map((field) => [field, 1 as const]));
    await native.createIndex(fields, { name, unique: index.unique });
  }
}

function sameIndex(index: Index, existing: mongo.IndexDescriptionInfo): boolean {
  const fields = JSON.stringify(mongoFields(index).map((field) => [field, 1]));
  return (
    fields === JSON.stringify(Object.entries(existing.key)) && index.unique === (existing.unique ?? false)
  );
}
