import type { Schema, SchemaType } from 'mongoose';
import { MAX_KEY_BYTES, encodeKey, isScalar, type ScalarType } from './ordered-key.ts';
import { InvalidDocument, type Scalar } from './store.ts';

/** A document as the adapters handle it: what the schema made of it, Maps as plain objects. */
export type Plain = Record<string, unknown> & { _id: string; v: number };

/** An index as declared in a schema; every collection also has `_id`. */
export interface Index {
  name: string;
  unique: boolean;
  fields: readonly string[];
  types: readonly ScalarType[];
}

/** What both adapters need to know of a collection, read from its schema. */
export interface Collection {
  name: string;
  indexes: readonly Index[];
  /** Turns what was stored as plain objects back into Maps, in place. */
  revive(doc: Plain): Plain;
}

const SCALARS: readonly string[] = ['String', 'Number', 'Boolean', 'Date'] satisfies ScalarType[];
const ID_INDEX: Index = { name: '_id', unique: true, fields: ['_id'], types: ['String'] };

/** Reads a schema. Throws when it declares an index that this store does not offer. */
export function readCollection(name: string, schema: Schema): Collection {
  const indexes = schema.indexes().map(([fields, options]) => readIndex(name, schema, fields, options));
  if (new Set(indexes.map((index) => index.name)).size < indexes.length) {
    throw new Error(`Collection ${name}: two indexes have the same name.`);
  }
  const revive = reviver(schema);
  return {
    name,
    indexes: [ID_INDEX, ...indexes],
    revive(doc) {
      revive?.(doc);
      return doc;
    },
  };
}

function readIndex(collection: string, schema: Schema, fields: object, options: object): Index {
  const { name, unique = false, ...others } = options as { name?: string; unique?: boolean };
  const extra = Object.keys(others).filter((option) => option !== 'background');
  if (!name || extra.length > 0) {
    throw new Error(`Collection ${collection}: an index takes a name and "unique", nothing else (${extra}).`);
  }
  const types = Object.entries(fields).map(([field, direction]): ScalarType => {
    const type = schema.path(field) as SchemaType | undefined;
    const scalar = SCALARS.find((scalar) => scalar === type?.instance) as ScalarType | undefined;
    if (!scalar || !type?.isRequired || direction !== 1) {
      throw new Error(
        `Collection ${collection}: index ${name} needs ascending, required fields of one scalar type; ${field} is not.`,
      );
    }
    return scalar;
  });
  return { name, unique, fields: Object.keys(fields), types };
}

/** The types of an index key: its fields and, where they are not unique, the id as the last one. */
export function keyTypes(index: Index): readonly ScalarType[] {
  return index.unique ? index.types : [...index.types, 'String'];
}

/** The key under which a document stands in an index. Throws InvalidDocument when it would be too long. */
export function indexKey(collection: Collection, index: Index, doc: Plain): Buffer {
  const values = index.fields.map((field) => doc[field]) as Scalar[];
  if (!values.every((value, i) => isScalar(index.types[i] ?? 'String', value))) {
    throw new InvalidDocument(collection.name, index.fields, 'has a value that cannot be indexed');
  }
  const key = encodeKey(keyTypes(index), index.unique ? values : [...values, doc._id]);
  if (key.length > MAX_KEY_BYTES || key.length === 0) {
    throw new InvalidDocument(collection.name, index.fields, 'has an indexed value that is too long');
  }
  return key;
}

type Revive = (value: unknown) => unknown;

/** A function for the fields of this schema that hold Maps, undefined when none does. */
function reviver(schema: Schema): Revive | undefined {
  const fields: [string, Revive][] = [];
  schema.eachPath((path, type) => {
    // mongoose lists the values of a Map as a path of their own
    if (path.endsWith('.$*')) return;
    const revive = typeReviver(type);
    if (revive) fields.push([path, revive]);
  });
  if (fields.length === 0) return undefined;
  return (value) => {
    const doc = value as Record<string, unknown>;
    for (const [path, revive] of fields) if (doc[path] != null) doc[path] = revive(doc[path]);
    return doc;
  };
}

function typeReviver(type: SchemaType): Revive | undefined {
  const inner = type.getEmbeddedSchemaType();
  const one = type.schema ? reviver(type.schema) : inner ? typeReviver(inner) : undefined;
  if (type.instance === 'Map') {
    const value = one ?? ((item: unknown) => item);
    return (map) => new Map(Object.entries(map as object).map(([key, item]) => [key, value(item)]));
  }
  if (type.instance === 'Array') return one && ((items) => (items as unknown[]).map(one));
  return one;
}
