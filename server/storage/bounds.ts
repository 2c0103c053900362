import { keyTypes, type Collection, type Index } from './collection.ts';
import { decodeKey, encodeKey, isScalar, MAX_KEY_BYTES, type ScalarType } from './ordered-key.ts';
import { InvalidQuery, type RangeQuery, type Scalar } from './store.ts';

/** A range query, checked: every value has the type of its field. */
export interface Bounds {
  index: Index;
  equals: readonly Scalar[];
  low?: { value: Scalar; inclusive: boolean };
  high?: { value: Scalar; inclusive: boolean };
}

const MAX_LIMIT = 1000;

/** Checks a query against the declared index. Throws InvalidQuery. */
export function readBounds(collection: Collection, query: Omit<RangeQuery, 'limit'>): Bounds {
  const index = collection.indexes.find((index) => index.name === query.index);
  if (!index) throw new InvalidQuery(collection.name, `there is no index ${query.index}`);
  const equals = query.equals ?? [];
  if (equals.length > index.fields.length) {
    throw new InvalidQuery(collection.name, `index ${index.name} has only ${index.fields.length} fields`);
  }
  equals.forEach((value, i) => checkValue(collection, index, i, value));
  const low = side(collection, query.gt, query.gte);
  const high = side(collection, query.lt, query.lte);
  for (const bound of [low, high]) if (bound) checkValue(collection, index, equals.length, bound.value);
  for (const values of [
    [...equals, ...list(low)],
    [...equals, ...list(high)],
  ]) {
    if (encodeKey(index.types, values).length > MAX_KEY_BYTES) {
      throw new InvalidQuery(collection.name, `the values for ${index.name} are too long`);
    }
  }
  return { index, equals, ...(low && { low }), ...(high && { high }) };
}

/** Checks the size of a page. Throws InvalidQuery. */
export function checkLimit(collection: Collection, limit: number): void {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MAX_LIMIT) return;
  throw new InvalidQuery(collection.name, `the limit must be a whole number from 1 to ${MAX_LIMIT}`);
}

/** Resume keys are the encoded index key of the last document, so that they outlive its deletion. */
export function resumeKey(key: Buffer): string {
  return key.toString('base64url');
}

/** The key of a resume key for this query, as bytes and as values. Throws InvalidQuery on anything else. */
export function readResumeKey(
  collection: Collection,
  { index, equals }: Bounds,
  after: string,
): { key: Buffer; values: Scalar[] } {
  const key = Buffer.from(after, 'base64url');
  const values = decodeKey(keyTypes(index), key);
  const prefix = encodeKey(index.types, equals);
  if (!values || key.length > MAX_KEY_BYTES || !key.subarray(0, prefix.length).equals(prefix)) {
    throw new InvalidQuery(collection.name, 'the resume key does not belong to this query');
  }
  return { key, values };
}

function side(collection: Collection, exclusive?: Scalar, inclusive?: Scalar): Bounds['low'] {
  if (exclusive !== undefined && inclusive !== undefined) {
    throw new InvalidQuery(collection.name, 'a range has at most one lower and one upper bound');
  }
  if (exclusive !== undefined) return { value: exclusive, inclusive: false };
  return inclusive === undefined ? undefined : { value: inclusive, inclusive: true };
}

function checkValue(collection: Collection, index: Index, at: number, value: Scalar): void {
  const type: ScalarType | undefined = index.types[at];
  if (!type) throw new InvalidQuery(collection.name, `index ${index.name} has no field left for a range`);
  if (!isScalar(type, value)) {
    throw new InvalidQuery(collection.name, `${index.fields[at]} takes a ${type.toLowerCase()}`);
  }
}

function list(bound: Bounds['low']): Scalar[] {
  return bound ? [bound.value] : [];
}
