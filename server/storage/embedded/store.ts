import type { RangeOptions, RootDatabase } from 'lmdb';
import { checkLimit, readBounds, readResumeKey, resumeKey, type Bounds } from '../bounds.ts';
import type { Plain } from '../collection.ts';
import { schemas as productSchemas, type Documents, type DocumentsOf } from '../models/index.ts';
import { decodeKey, encodeKey, MAX_KEY_BYTES } from '../ordered-key.ts';
import { find, plan, type AnyWrite, type Planned, type Validated } from '../planned.ts';
import { Conflict, Duplicate, Unavailable, type RangeQuery, type Store } from '../store.ts';
import { apply } from './apply.ts';
import { isEmpty, resumeAfter, spanOf, type Span } from './bytes.ts';
import { endCommitLog, openCommitLog, type CommitLog, type CommitRecorder } from './commit-log.ts';
import { causeOf, createFailure } from './failure.ts';
import { openFolder, type OpenFolder, type Schemas } from './open.ts';
import type { Ownership } from './owner.ts';
import { encodeWrites } from './shipped-writes.ts';
import { readDocument, type Bytes, type Table } from './tables.ts';

/**
 * The store of one machine: an lmdb file in `dir`, owned by one process. Throws Unavailable when another process
 * has the folder. `schemas` are the product's own unless others are given.
 */
export function createEmbeddedStore(options: { dir: string }): Promise<Store>;
export function createEmbeddedStore<S extends Schemas>(options: {
  dir: string;
  schemas: S;
}): Promise<Store<DocumentsOf<S>>>;
export async function createEmbeddedStore(options: {
  dir: string;
  schemas?: Schemas;
}): Promise<Store<Documents>> {
  const folder = await openFolder(options.dir, options.schemas ?? productSchemas);
  endCommitLog(folder);
  return new EmbeddedStore(folder, null) as unknown as Store<Documents>;
}

/**
 * The same with a log of its commits, from which a copy is kept elsewhere.
 *
 * @param options.batch tells the last durable batch of the journal
 */
export async function createLoggedStore(options: {
  dir: string;
  batch: () => number;
}): Promise<{ store: Store; log: CommitLog }> {
  const folder = await openFolder(options.dir, productSchemas);
  const log = openCommitLog(folder, options.batch);
  return { store: new EmbeddedStore(folder, log) as unknown as Store, log };
}

class EmbeddedStore {
  readonly #root: RootDatabase;
  readonly #ownership: Ownership;
  readonly #collections: ReadonlyMap<string, Validated>;
  readonly #tables: ReadonlyMap<string, Table>;
  /** Keeps a log of the commits for a copy elsewhere; null when there is none. */
  readonly #recorder: CommitRecorder | null;
  readonly #failure = createFailure();
  #closed = false;
  readonly #pending = new Set<Promise<void>>();

  constructor({ root, ownership, collections, tables }: OpenFolder, recorder: CommitRecorder | null) {
    this.#root = root;
    this.#ownership = ownership;
    this.#collections = collections;
    this.#tables = tables;
    this.#recorder = recorder;
  }

  async get(collection: string, id: string): Promise<Plain | null> {
    this.#refresh();
    return this.#read(find(this.#collections, collection), id);
  }

  async getMany(collection: string, ids: readonly string[]): Promise<(Plain | null)[]> {
    const found = find(this.#collections, collection);
    this.#refresh();
    return ids.map((id) => this.#read(found, id));
  }

  async range(collection: string, query: RangeQuery): Promise<{ docs: Plain[]; next?: string }> {
    const found = find(this.#collections, collection);
    checkLimit(found, query.limit);
    const bounds = readBounds(found, query);
    const descending = query.order === 'desc';
    let span = spanOf(bounds);
    if (query.after !== undefined) {
      span = resumeAfter(span, readResumeKey(found, bounds, query.after).key, descending);
    }
    this.#refresh();
    const entries = this.#entries(found, bounds, span, descending, query.limit + 1);
    const docs = entries.slice(0, query.limit).map(({ id }) => this.#read(found, id));
    const last = entries.length > query.limit ? entries[query.limit - 1] : undefined;
    return { docs: docs.filter((doc) => doc !== null), ...(last && { next: resumeKey(last.key) }) };
  }

  async count(collection: string, query: Omit<RangeQuery, 'limit' | 'after' | 'order'>): Promise<number> {
    const found = find(this.#collections, collection);
    const bounds = readBounds(found, query);
    const span = spanOf(bounds);
    if (isEmpty(span)) return 0;
    this.#refresh();
    return this.#indexTable(found, bounds).getKeysCount(forward(span));
  }

  async commit(writes: readonly AnyWrite[]): Promise<void> {
    const planned = await plan(this.#collections, writes);
    this.#checkOpen();
    this.#failure.check();
    if (planned.length === 0) return;
    // a failed flush may leave later transactions unsettled: the failure settles them all
    const written = Promise.race([this.#write(planned), this.#failure.promise]);
    this.#pending.add(written);
    try {
      await written;
    } finally {
      this.#pending.delete(written);
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled(this.#pending);
    this.#ownership.release({ record: !this.#failure.happened() });
    await this.#root.close();
  }

  #checkOpen(): void {
    if (this.#closed) throw new Unavailable('The store has been closed.');
  }

  /** Lets the next read see what was committed last. */
  #refresh(): void {
    this.#checkOpen();
    this.#root.resetReadTxn();
  }

  async #write(planned: readonly Planned[]): Promise<void> {
    const entry = this.#recorder && encodeWrites(planned);
    try {
      await this.#root.childTransaction(() => {
        this.#failure.check();
        this.#ownership.verify();
        for (const write of planned) apply(find(this.#tables, write.in.name), write);
        if (entry && entry.length > 0) this.#recorder?.record(entry);
      });
    } catch (error) {
      if (error instanceof Conflict || error instanceof Duplicate) throw error;
      this.#failure.set(await causeOf(error));
      this.#failure.check();
    }
  }

  #read(collection: Validated, id: string): Plain | null {
    const key = encodeKey(['String'], [id]);
    if (id === '' || key.length > MAX_KEY_BYTES) return null;
    const bytes = find(this.#tables, collection.name).documents.getBinary(key);
    return bytes ? readDocument(collection, bytes) : null;
  }

  #entries(collection: Validated, bounds: Bounds, span: Span, descending: boolean, limit: number) {
    if (isEmpty(span)) return [];
    const range = { ...(descending ? backward(span) : forward(span)), limit };
    const table = this.#indexTable(collection, bounds);
    if (bounds.index.name !== '_id') {
      return Array.from(table.getRange(range), ({ key, value }) => ({ key, id: value.toString() }));
    }
    return Array.from(table.getKeys(range), (key) => ({ key, id: decodeId(key) }));
  }

  #indexTable(collection: Validated, { index }: Bounds): Bytes {
    const table = find(this.#tables, collection.name);
    return index.name === '_id' ? table.documents : find(table.entries, index.name);
  }
}

function forward({ start, end }: Span): RangeOptions {
  return { ...(start.length > 0 && { start }), ...(end && { end }) };
}

function backward({ start, end }: Span): RangeOptions {
  return {
    reverse: true,
    ...(end && { start: end, exclusiveStart: true }),
    ...(start.length > 0 && { end: start, inclusiveEnd: true }),
  };
}

function decodeId(key: Buffer): string {
  return String(decodeKey(['String'], key)?.[0]);
}
