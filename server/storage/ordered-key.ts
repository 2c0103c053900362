import type { Scalar } from './store.ts';

/**
 * Keys whose bytes sort as their values do, field by field, so that one byte comparison orders compound indexes.
 * - String: UTF-8, every 0x00 written as 0x00 0xFF, ended by 0x00 0x01; no value is a prefix of another one's.
 * - Number, Date (milliseconds): IEEE 754 double, big endian, sign bit flipped, negatives inverted; 8 bytes.
 * - Boolean: one byte.
 */
export type ScalarType = 'String' | 'Number' | 'Boolean' | 'Date';

/** The longest index key; a little under the 1,978 bytes of lmdb, and the same for every adapter. */
export const MAX_KEY_BYTES = 1900;

const STRING_END = Buffer.from([0x00, 0x01]);

/** Whether a value is one that a field of this type can be compared with. */
export function isScalar(type: ScalarType, value: unknown): value is Scalar {
  if (type === 'String') return typeof value === 'string' && isWellFormed(value);
  if (type === 'Number') return typeof value === 'number' && Number.isFinite(value);
  if (type === 'Date') return value instanceof Date && !Number.isNaN(value.getTime());
  return typeof value === 'boolean';
}

/** Encodes values of these types, which must have passed `isScalar`; fewer values than types give a prefix. */
export function encodeKey(types: readonly ScalarType[], values: readonly Scalar[]): Buffer {
  return Buffer.concat(values.flatMap((value, i) => encodeScalar(types[i], value)));
}

/** The values of a key made by `encodeKey`, or null when these bytes are no such key. */
export function decodeKey(types: readonly ScalarType[], key: Buffer): Scalar[] | null {
  const values: Scalar[] = [];
  let at = 0;
  for (const type of types) {
    const end = type === 'String' ? endOfString(key, at) : at + (type === 'Boolean' ? 1 : 8);
    if (end > key.length) return null;
    values.push(decodeScalar(type, key.subarray(at, end)));
    at = end;
  }
  const whole = at === key.length && values.every((value, i) => isScalar(types[i] ?? 'String', value));
  return whole && encodeKey(types, values).equals(key) ? values : null;
}

/** The first key after all keys that start with `prefix`; undefined when there is no such bound. */
export function afterPrefix(prefix: Buffer): Buffer | undefined {
  let length = prefix.length;
  while (length > 0 && prefix[length - 1] === 0xff) length -= 1;
  if (length === 0) return undefined;
  const bound = Buffer.from(prefix.subarray(0, length));
  bound.writeUInt8(bound.readUInt8(length - 1) + 1, length - 1);
  return bound;
}

function encodeScalar(type: ScalarType | undefined, value: Scalar): Buffer[] {
  if (typeof value === 'string') return [escapeZeros(Buffer.from(value, 'utf8')), STRING_END];
  if (typeof value === 'boolean') return [Buffer.from([value ? 1 : 0])];
  if (type !== 'Number' && type !== 'Date') throw new TypeError('more key values than key fields');
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(Number(value) + 0);
  flip(bytes, bytes.readUInt8(0) < 0x80);
  return [bytes];
}

function decodeScalar(type: ScalarType, bytes: Buffer): Scalar {
  if (type === 'String') return unescapeZeros(bytes.subarray(0, -STRING_END.length)).toString('utf8');
  if (type === 'Boolean') return bytes[0] === 1;
  const copy = Buffer.from(bytes);
  flip(copy, copy.readUInt8(0) >= 0x80);
  const number = copy.readDoubleBE(0);
  return type === 'Date' ? new Date(number) : number;
}

/** Flips the sign bit alone, or every bit of a negative number. */
function flip(bytes: Buffer, signOnly: boolean): void {
  if (signOnly) bytes.writeUInt8(bytes.readUInt8(0) ^ 0x80, 0);
  else for (const [i, byte] of bytes.entries()) bytes[i] = byte ^ 0xff;
}

function escapeZeros(bytes: Buffer): Buffer {
  if (!bytes.includes(0)) return bytes;
  return Buffer.from([...bytes].flatMap((byte) => (byte === 0 ? [0x00, 0xff] : [byte])));
}

function unescapeZeros(bytes: Buffer): Buffer {
  if (!bytes.includes(0)) return bytes;
  return Buffer.from([...bytes].filter((byte, i) => !(byte === 0xff && bytes[i - 1] === 0)));
}

/** Index after the terminator of the string that starts at `from`; beyond the key when there is none. */
function endOfString(key: Buffer, from: number): number {
  let at = key.indexOf(0, from);
  while (at >= 0 && key[at + 1] === 0xff) at = key.indexOf(0, at + 2);
  return at < 0 ? key.length + 1 : at + STRING_END.length;
}

/** A lone surrogate has no UTF-8 form: it would come back as another character. */
function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
