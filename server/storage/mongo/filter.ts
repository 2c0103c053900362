import { trusted } from 'mongoose';
import type { Bounds } from '../bounds.ts';
import type { Scalar } from '../store.ts';
import { mongoFields } from './connect.ts';

type Condition = Record<string, unknown>;

/** The documents within these bounds; every value in it has passed `readBounds`. */
export function filterOf({ index, equals, low, high }: Bounds): Condition {
  const conditions: Condition[] = equals.map((value, i) => compare(index.fields[i], '$eq', value));
  const ranged = index.fields[equals.length];
  if (low) conditions.push(compare(ranged, low.inclusive ? '$gte' : '$gt', low.value));
  if (high) conditions.push(compare(ranged, high.inclusive ? '$lte' : '$lt', high.value));
  return all(conditions);
}

/**
 * The documents that stand after the key with these values, in index order; null when none can. Comparing field by
 * field, (a, b) > (x, y) means a > x, or a = x and b > y; "a ≥ x" is added for the server to bound its scan with.
 */
export function filterAfter(
  { index, equals }: Bounds,
  values: readonly Scalar[],
  descending: boolean,
): Condition | null {
  const fields = mongoFields(index);
  const free = fields.slice(equals.length);
  const [first] = free;
  if (first === undefined) return null;
  const beyond = descending ? '$lt' : '$gt';
  const alternatives = free.map((field, n) => {
    const same = free.slice(0, n).map((name) => compare(name, '$eq', values[fields.indexOf(name)]));
    return all([...same, compare(field, beyond, values[fields.indexOf(field)])]);
  });
  return all([compare(first, `${beyond}e`, values[equals.length]), { $or: alternatives }]);
}

/** All of these conditions; several on one field are kept apart. */
export function all(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? {} : { $and: conditions };
}

function compare(field: string | undefined, operator: string, value: Scalar | undefined): Condition {
  if (field === undefined || value === undefined) throw new TypeError('a bound without field or value');
  return { [field]: trusted({ [operator]: value }) };
}
