import { trusted, type Schema } from 'mongoose';
import { checkLimit, readBounds, readResumeKey, resumeKey, type Bounds } from '../bounds.ts';
import { indexKey, type Plain } from '../collection.ts';
import { schemas as productSchemas, type Documents, type DocumentsOf } from '../models/index.ts';
import { find, plan, type AnyWrite, type Planned, type Validated } from '../planned.ts';
import { Unavailable, type RangeQuery, type Store } from '../store.ts';
import { asUnavailable, connect, mongoFields, mongoName, type MongoServer } from './connect.ts';
import { all, filterAfter, filterOf } from './filter.ts';
import type { Topology } from './topology.ts';
import { ASSERTIONS, write } from './write.ts';

type Schemas = Readonly<Record<string, Schema>>;

const TRANSACTION = {
  readConcern: { level: 'snapshot' },
  writeConcern: { w: 'majority', journal: true },
  readPreference: 'primary',
} as const;
/** Ids per request, well below MongoDB's limit of 16 MiB for a command. */
const IDS_AT_ONCE = 1000;
const WITHOUT_ASSERTIONS = { [ASSERTIONS]: 0 } as const;

export interface MongoStore<D = Documents> extends Store<D> {
  readonly topology: Topology;
}

/**
 * The store of a MongoDB replica set; one member will do. Commits are acknowledged by the majority, from its
 * journal. On a server without transactions only commits of a single write are possible, the others throw
 * Unavailable. Throws Unavailable when the server cannot be reached.
 */
export function createMongoStore(options: { url: string }): Promise<MongoStore>;
export function createMongoStore<S extends Schemas>(options: {
  url: string;
  schemas: S;
}): Promise<MongoStore<DocumentsOf<S>>>;
export async function createMongoStore(options: { url: string; schemas?: Schemas }): Promise<MongoStore> {
  const server = await connect(options.url, options.schemas ?? productSchemas);
  return new MongoAdapter(server) as unknown as MongoStore;
}

class MongoAdapter {
  readonly #server: MongoServer;

  constructor(server: MongoServer) {
    this.#server = server;
  }

  get topology(): Topology {
    return this.#server.topology;
  }

  async get(collection: string, id: string): Promise<Plain | null> {
    const [doc = null] = await this.getMany(collection, [id]);
    return doc;
  }

  async getMany(collection: string, ids: readonly string[]): Promise<(Plain | null)[]> {
    const found = find(this.#server.collections, collection);
    const byId = new Map<string, Plain>();
    for (let at = 0; at < ids.length; at += IDS_AT_ONCE) {
      const some = ids.slice(at, at + IDS_AT_ONCE).map(String);
      const filter = { _id: trusted({ $in: some }) };
      const docs = await reachable(found.model.find(filter, WITHOUT_ASSERTIONS).lean<Plain[]>());
      for (const doc of docs) byId.set(doc._id, found.revive(doc));
    }
    return ids.map((id) => byId.get(id) ?? null);
  }

  async range(collection: string, query: RangeQuery): Promise<{ docs: Plain[]; next?: string }> {
    const found = find(this.#server.collections, collection);
    checkLimit(found, query.limit);
    const bounds = readBounds(found, query);
    const descending = query.order === 'desc';
    const conditions = [filterOf(bounds)];
    if (query.after !== undefined) {
      const { values } = readResumeKey(found, bounds, query.after);
      const after = filterAfter(bounds, values, descending);
      if (!after) return { docs: [] };
      conditions.push(after);
    }
    const direction = descending ? -1 : 1;
    const sort = mongoFields(bounds.index).map((field): [string, 1 | -1] => [field, direction]);
    const docs = await reachable(
      found.model
        .find(all(conditions), WITHOUT_ASSERTIONS)
        .sort(sort)
        .limit(query.limit + 1)
        .hint(mongoName(bounds.index))
        .lean<Plain[]>(),
    );
    return toPage(found, bounds, docs, query.limit);
  }

  async count(collection: string, query: Omit<RangeQuery, 'limit' | 'after' | 'order'>): Promise<number> {
    const found = find(this.#server.collections, collection);
    const bounds = readBounds(found, query);
    return reachable(found.model.countDocuments(filterOf(bounds)).hint(mongoName(bounds.index)));
  }

  async commit(writes: readonly AnyWrite[]): Promise<void> {
    const planned = await plan(this.#server.collections, writes);
    const [only] = planned;
    if (only && planned.length === 1) await reachable(write(this.#db(), only, undefined));
    else if (planned.length > 1) await this.#transact(planned);
  }

  async close(): Promise<void> {
    await this.#server.connection.close();
  }

  async #transact(planned: readonly Planned[]): Promise<void> {
    const { connection, topology } = this.#server;
    if (!topology.transactions) {
      throw new Unavailable(
        'This MongoDB server has no transactions. Niêm needs a replica set (one member will do): start mongod with --replSet and run rs.initiate() once.',
      );
    }
    const session = await reachable(connection.startSession());
    try {
      const work = async () => {
        for (const one of planned) await write(this.#db(), one, session);
      };
      await reachable(session.withTransaction(work, TRANSACTION));
    } finally {
      await session.endSession();
    }
  }

  #db() {
    const { db } = this.#server.connection;
    if (!db) throw new Unavailable('The store has been closed.');
    return db;
  }
}

function toPage(
  collection: Validated,
  { index }: Bounds,
  docs: readonly Plain[],
  limit: number,
): { docs: Plain[]; next?: string } {
  const page = docs.slice(0, limit);
  const last = docs.length > limit ? page.at(-1) : undefined;
  const next = last && resumeKey(indexKey(collection, index, last));
  return { docs: page.map((doc) => collection.revive(doc)), ...(next !== undefined && { next }) };
}

/** Failures of server and network as Unavailable. */
async function reachable<T>(work: PromiseLike<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw asUnavailable(error);
  }
}
