import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  afterPrefix,
  decodeKey,
  encodeKey,
  isScalar,
  type ScalarType,
} from '../../../server/storage/ordered-key.ts';

const TYPES: ScalarType[] = ['String', 'Number', 'Boolean', 'Date'];
const zeros = fc.string({ unit: fc.constantFrom('\0', '\u0001', 'a', '\xff', '😀'), maxLength: 6 });
const tuple = fc.tuple(
  fc.oneof(zeros, fc.string({ unit: 'binary' })).filter((text) => !/\p{Surrogate}/u.test(text)),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
  fc.boolean(),
  fc.date({ noInvalidDate: true }),
);
type Tuple = [text: string, number: number, flag: boolean, date: Date];

test('keys sort as their values do, field by field', () => {
  const related = fc.tuple(tuple, tuple, fc.subarray([0, 1, 2, 3])).map(([a, b, same]): [Tuple, Tuple] => {
    const [text, number, flag, date] = b;
    const has = (i: number) => same.includes(i);
    return [a, [has(0) ? a[0] : text, has(1) ? a[1] : number, has(2) ? a[2] : flag, has(3) ? a[3] : date]];
  });
  const property = fc.property(related, ([a, b]) => {
    const bytes = Math.sign(Buffer.compare(encodeKey(TYPES, a), encodeKey(TYPES, b)));
    return bytes === compareTuples(a, b);
  });
  expect(fc.check(property, { numRuns: 5000 })).toMatchObject({ failed: false });
});

test('keys give their values back, and other bytes are no keys', () => {
  const property = fc.property(tuple, fc.uint8Array({ maxLength: 40 }), (values, noise) => {
    const key = encodeKey(TYPES, values);
    expect(decodeKey(TYPES, key)).toEqual(values);
    expect(decodeKey(TYPES, key.subarray(0, -1))).toBeNull();
    expect(decodeKey(TYPES, Buffer.concat([key, Buffer.from([0])]))).toBeNull();
    const decoded = decodeKey(TYPES, Buffer.from(noise));
    if (decoded && !encodeKey(TYPES, decoded).equals(Buffer.from(noise)))
      throw new Error('two keys, one value');
  });
  expect(fc.check(property, { numRuns: 2000 })).toMatchObject({ failed: false });
});

test('afterPrefix is the first key beyond all that start with a prefix', () => {
  const bytes = fc.uint8Array({ maxLength: 4 }).map((array) => Buffer.from(array));
  const property = fc.property(bytes, bytes, (prefix, key) => {
    const bound = afterPrefix(prefix);
    const below = bound === undefined || Buffer.compare(key, bound) < 0;
    const startsOrPrecedes = key.subarray(0, prefix.length).equals(prefix) || Buffer.compare(key, prefix) < 0;
    return below === startsOrPrecedes;
  });
  expect(fc.check(property, { numRuns: 5000 })).toMatchObject({ failed: false });
});

test('only well-formed text, finite numbers and valid dates are scalars, each of its own type', () => {
  const values = ['x', '\ud800', 1, Number.NaN, Infinity, true, new Date(0), new Date(Number.NaN), null, {}];
  const accepted = TYPES.map((type) => values.filter((value) => isScalar(type, value)));
  expect(accepted).toEqual([['x'], [1], [true], [new Date(0)]]);
});

function compareTuples(a: Tuple, b: Tuple): number {
  const orders = a.map((value, i) => {
    const other = b[i];
    if (typeof value === 'string')
      return Math.sign(Buffer.compare(Buffer.from(value), Buffer.from(String(other))));
    return Math.sign(Number(value) - Number(other)) || 0;
  });
  return orders.find((order) => order !== 0) ?? 0;
}
