import { mongo } from 'mongoose';
import type { Plain } from '../collection.ts';
import type { Planned } from '../planned.ts';
import { Conflict, Duplicate } from '../store.ts';
import { mongoName } from './connect.ts';

/**
 * Counts the assertions on a document. MongoDB notices conflicts only between writes, and an update that changes
 * nothing is no write: so an assertion changes this field, which no read returns and every replacement drops.
 */
export const ASSERTIONS = '_assertions';

const DUPLICATE_KEY = 11_000;

/** Carries one write out, within the session's transaction if there is one. Throws Conflict or Duplicate. */
export async function write(
  db: mongo.Db,
  planned: Planned,
  session: mongo.ClientSession | undefined,
): Promise<void> {
  const collection = db.collection<Plain>(planned.in.name);
  const options = session ? { session } : {};
  try {
    if (planned.op === 'insert') {
      await collection.insertOne(planned.doc, options);
    } else if (planned.op === 'assert' && planned.version === 0) {
      await assertAbsent(collection, planned, session);
    } else if ((await matched(collection, planned, options)) === 0) {
      throw new Conflict(planned.in.name, planned.id);
    }
  } catch (error) {
    throw duplicate(planned, error) ?? error;
  }
}

async function matched(
  collection: mongo.Collection<Plain>,
  planned: Exclude<Planned, { op: 'insert' }>,
  options: mongo.UpdateOptions,
): Promise<number> {
  const filter = { _id: planned.id, v: planned.version };
  switch (planned.op) {
    case 'replace':
      return (await collection.replaceOne(filter, planned.doc, options)).matchedCount;
    case 'delete':
      return (await collection.deleteOne(filter, options)).deletedCount;
    case 'assert': {
      const increment = { $inc: { [ASSERTIONS]: 1 } } as unknown as mongo.UpdateFilter<Plain>;
      return (await collection.updateOne(filter, increment, options)).matchedCount;
    }
  }
}

/** In a transaction the id is taken and given back, which collides with whoever inserts it meanwhile. */
async function assertAbsent(
  collection: mongo.Collection<Plain>,
  planned: Planned,
  session: mongo.ClientSession | undefined,
): Promise<void> {
  const { id } = planned;
  if (await collection.findOne({ _id: id }, session ? { session } : {})) {
    throw new Conflict(planned.in.name, id);
  }
  if (!session) return;
  await collection.insertOne({ _id: id, v: 0 }, { session });
  await collection.deleteOne({ _id: id }, { session });
}

function duplicate(planned: Planned, error: unknown): Duplicate | undefined {
  if (!(error instanceof mongo.MongoServerError) || error.code !== DUPLICATE_KEY) return undefined;
  const index = planned.in.indexes.find((index) => error.message.includes(`index: ${mongoName(index)} `));
  return new Duplicate(planned.in.name, index?.name ?? 'unknown');
}
