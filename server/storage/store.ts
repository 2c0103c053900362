import type { Documents } from './models/index.ts';

/** Name of a collection; `D` maps collections to documents and is this product's own unless a test brings another. */
export type CollectionName<D = Documents> = keyof D & string;

/** A stored document: `_id` is a string, `v` its version, 1 when inserted and one higher after each replacement. */
export type Stored<C extends CollectionName<D>, D = Documents> = D[C] & { _id: string; v: number };

/** A document as it is handed to an insert or a replacement: the store sets `v`. */
export type Fresh<C extends CollectionName<D>, D = Documents> = D[C] & { _id: string };

/** One step of a commit. A commit names each document at most once; its writes take effect in their order. */
export type Write<D = Documents> = { [C in CollectionName<D>]: WriteOf<C, D> }[CollectionName<D>];
type WriteOf<C extends CollectionName<D>, D> =
  /** Fails with Duplicate when the id or a unique index value is taken. */
  | { op: 'insert'; in: C; doc: Fresh<C, D> }
  /** Fails with Conflict unless the stored version is `ifVersion`; with Duplicate as an insert does. */
  | { op: 'replace'; in: C; doc: Fresh<C, D>; ifVersion: number }
  /** Fails with Conflict unless the stored version is `version`; `version: 0` asserts that there is none. */
  | { op: 'assert'; in: C; id: string; version: number }
  /** Fails with Conflict unless the stored version is `ifVersion`. */
  | { op: 'delete'; in: C; id: string; ifVersion: number };

/** A scalar that an index can hold. Strings compare as UTF-8 bytes. */
export type Scalar = string | number | boolean | Date;

/** A walk over a declared index: equality on its first fields, then at most one range on the next field. */
export interface RangeQuery {
  /** Name of an index declared in the schema, or `_id`. */
  index: string;
  equals?: readonly Scalar[];
  gt?: Scalar;
  gte?: Scalar;
  lt?: Scalar;
  lte?: Scalar;
  order?: 'asc' | 'desc';
  /** At most this many documents, 1 to 1,000. */
  limit: number;
  /** `next` of the page before. */
  after?: string;
}

export interface Page<C extends CollectionName<D>, D = Documents> {
  docs: Stored<C, D>[];
  /** Resume key of the following page; absent on the last. */
  next?: string;
}

/**
 * Where everything lives that people decide. Adapters: EmbeddedStore (lmdb) and MongoStore.
 * Every document is validated against its mongoose schema before it is written; an unknown field is refused
 * (InvalidDocument). What a read returns belongs to the caller.
 */
export interface Store<D = Documents> {
  get<C extends CollectionName<D>>(collection: C, id: string): Promise<Stored<C, D> | null>;
  /** In the order of `ids`; null where there is none. */
  getMany<C extends CollectionName<D>>(
    collection: C,
    ids: readonly string[],
  ): Promise<(Stored<C, D> | null)[]>;
  /** In the order of the index, then of `_id`. Throws InvalidQuery, which a bad `after` leads to as well. */
  range<C extends CollectionName<D>>(collection: C, query: RangeQuery): Promise<Page<C, D>>;
  count<C extends CollectionName<D>>(
    collection: C,
    query: Omit<RangeQuery, 'limit' | 'after' | 'order'>,
  ): Promise<number>;
  /**
   * All or nothing, at most 1,000 writes; durable when it returns. Throws Conflict, Duplicate or Unavailable,
   * and after Unavailable it is open whether the writes happened: read again.
   */
  commit(writes: readonly Write<D>[]): Promise<void>;
  close(): Promise<void>;
}

/** A document had another version than the writer believed: read again and decide anew. */
export class Conflict extends Error {
  readonly collection: string;
  readonly id: string;
  constructor(collection: string, id: string) {
    super(`version conflict in ${collection}`);
    this.name = 'Conflict';
    this.collection = collection;
    this.id = id;
  }
}

/** A value that must be unique is taken; `index` names which (`_id` for the id itself). */
export class Duplicate extends Error {
  readonly collection: string;
  readonly index: string;
  constructor(collection: string, index: string) {
    super(`duplicate in ${collection} (${index})`);
    this.name = 'Duplicate';
    this.collection = collection;
    this.index = index;
  }
}

/** The storage cannot promise durability now (disk full, write failed, no primary): nothing may be acknowledged. */
export class Unavailable extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Unavailable';
  }
}

/**
 * What must be on two disks before it is acknowledged is not, because the standby is lost, behind, or there is none.
 * Everything else goes on.
 */
export class StandbyMissing extends Unavailable {
  constructor() {
    super(
      'The standby is not in step, so nothing of exams that need two disks is acknowledged. Start the standby again or ' +
        'mend the network; where it is beyond repair, start another with an empty folder.',
    );
    this.name = 'StandbyMissing';
  }
}

/** A document breaks its schema. Names the fields, never their values. */
export class InvalidDocument extends Error {
  readonly collection: string;
  readonly fields: readonly string[];
  constructor(collection: string, fields: readonly string[], reason = 'does not fit its schema') {
    super(`a document of ${collection} ${reason}: ${fields.join(', ')}`);
    this.name = 'InvalidDocument';
    this.collection = collection;
    this.fields = fields;
  }
}

/** A range query names no declared index, a value of another type, or a resume key that it never gave out. */
export class InvalidQuery extends Error {
  readonly collection: string;
  constructor(collection: string, reason: string) {
    super(`query of ${collection}: ${reason}`);
    this.name = 'InvalidQuery';
    this.collection = collection;
  }
}
