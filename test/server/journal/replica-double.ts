import { Conflict, Duplicate, Unavailable, type RangeQuery, type Store, type Write } from '#server/storage';
import type { JournalDocuments } from '../../../server/storage/models/journal.ts';

type Collection = keyof JournalDocuments & string;
type Stored = { _id: string; v: number } & Record<string, unknown>;
type Client = Store<JournalDocuments>;

/** What becomes of the next write of a client. */
export type Fate =
  /** Durable and acknowledged. */
  | 'done'
  /** Durable; the answer is lost. */
  | 'unheard'
  /** On the primary only and not acknowledged: a later `settle` keeps it or rolls it back. */
  | 'pending'
  /** Never arrived. */
  | 'refused'
  /** Not acknowledged; arrives when `settle` is called. */
  | 'delayed';

/** When a process may be stopped: before a call of this kind, or before it hears the answer to a write. */
export type Moment = 'get' | 'range' | 'insert' | 'change' | 'answer';

/**
 * A replica set as a journal sees it: single-document writes that may be lost, late, or not yet with the majority,
 * and reads that show only what the majority has. It keeps no time; each test decides what happens when.
 */
export function createReplica() {
  const majority = new Map<string, Stored>();
  /** Inserted on the primary, not with the majority: in the way of others, but not to be read. */
  const pending = new Map<string, Stored>();
  const delayed: Write<JournalDocuments>[] = [];

  function apply(write: Write<JournalDocuments>, target: Map<string, Stored>): void {
    const key = `${write.in} ${write.op === 'insert' || write.op === 'replace' ? write.doc._id : write.id}`;
    const current = majority.get(key);
    if (write.op === 'insert') {
      if (current || pending.has(key)) throw new Duplicate(write.in, '_id');
      target.set(key, { ...write.doc, v: 1 });
    } else if (write.op === 'assert' || current?.v !== write.ifVersion) {
      throw new Conflict(write.in, key);
    } else if (write.op === 'replace') {
      majority.set(key, { ...write.doc, v: write.ifVersion + 1 });
    } else majority.delete(key);
  }

  return {
    /** Documents of a collection that the majority has, in the order of their ids. */
    documents(collection: Collection): Stored[] {
      return documents(collection);
    },
    /** Somebody changes what the majority has, or removes it. */
    tamper(collection: Collection, id: string, change: (document: Stored) => Stored | null): void {
      const key = `${collection} ${id}`;
      const current = majority.get(key);
      const changed = current ? change(current) : null;
      if (changed) majority.set(key, changed);
      else majority.delete(key);
    },
    /** What hangs in the air comes down: pending inserts are kept or rolled back, delayed writes arrive. */
    settle(keep: boolean): void {
      for (const [key, document] of pending) if (keep) majority.set(key, document);
      pending.clear();
      for (const write of delayed.splice(0)) {
        try {
          apply(write, majority);
        } catch {
          // nobody listens any more
        }
      }
    },
    /** A connection of one process: `fate` decides over each write, `gate` is awaited before anything. */
    connect(client: {
      fate(write: Write<JournalDocuments>): Fate;
      gate(moment: Moment): Promise<void>;
    }): Client {
      const find = (collection: Collection, id: string) =>
        structuredClone(majority.get(`${collection} ${id}`) ?? null);
      const store = {
        async get(collection: Collection, id: string) {
          await client.gate('get');
          return revive(find(collection, id));
        },
        async getMany(collection: Collection, ids: readonly string[]) {
          await client.gate('get');
          return ids.map((id) => revive(find(collection, id)));
        },
        async range(collection: Collection, { gt, gte, lt, limit, after }: RangeQuery) {
          await client.gate('range');
          const inside = documents(collection).filter(
            ({ _id }) =>
              (gt === undefined || _id > String(gt)) &&
              (gte === undefined || _id >= String(gte)) &&
              (lt === undefined || _id < String(lt)) &&
              (after === undefined || _id > after),
          );
          const docs = inside.slice(0, limit).map((document) => revive(structuredClone(document)));
          const next = inside.length > limit ? docs.at(-1)?._id : undefined;
          return { docs, ...(next !== undefined && { next }) };
        },
        async commit([write]: readonly Write<JournalDocuments>[]) {
          await client.gate(write?.op === 'insert' ? 'insert' : 'change');
          if (!write) return;
          const fate = client.fate(write);
          let outcome: unknown;
          try {
            if (fate === 'delayed') delayed.push(write);
            else if (fate === 'pending' && write.op === 'insert') apply(write, pending);
            else if (fate !== 'refused') apply(write, majority);
          } catch (error) {
            outcome = error;
          }
          await client.gate('answer');
          if (fate !== 'done') throw new Unavailable('the connection was lost');
          if (outcome) throw outcome;
        },
        close: async () => undefined,
      };
      return store as unknown as Client;
    },
  };

  function documents(collection: Collection): Stored[] {
    const prefix = `${collection} `;
    return [...majority.entries()]
      .filter(([key]) => key.startsWith(prefix))
      .map(([, document]) => document)
      .sort((a, b) => (a._id < b._id ? -1 : 1));
  }
}

export type Replica = ReturnType<typeof createReplica>;

/** structuredClone makes plain byte arrays of Buffers. */
function revive<T extends Stored | null>(document: T): T {
  for (const [name, value] of Object.entries(document ?? {})) {
    if (document && value instanceof Uint8Array) (document as Stored)[name] = Buffer.from(value);
  }
  return document;
}
