import { deserialize, serialize } from 'bson';
import type { Plain } from '../collection.ts';
import type { Planned, Validated } from '../planned.ts';
import { DoesNotFollow } from './does-not-follow.ts';

/** What a commit may take when it is shipped to a copy. */
const LARGEST_COMMIT_BYTES = 200 * 1024 * 1024;
const LENGTH_BYTES = 4;

/** A write as it is shipped: `doc` for an insert and a replacement, `version` of what was there for all but an insert. */
interface ShippedWrite {
  op: 'insert' | 'replace' | 'delete';
  in: string;
  id: string;
  doc?: Plain;
  version?: number;
}

/**
 * The writes of a commit as bytes, each with its length (u32, big endian) before it: BSON. Assertions change nothing
 * and are left out.
 *
 * @throws RangeError when they are larger than a commit may be
 */
export function encodeWrites(planned: readonly Planned[]): Buffer {
  const pieces = planned.flatMap((write) => {
    if (write.op === 'assert') return [];
    const shipped: ShippedWrite = { ...write, in: write.in.name };
    const bytes = serialize(shipped, { ignoreUndefined: true });
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32BE(bytes.length);
    return [length, bytes];
  });
  const bytes = Buffer.concat(pieces);
  if (bytes.length <= LARGEST_COMMIT_BYTES) return bytes;
  throw new RangeError(`a commit takes at most ${LARGEST_COMMIT_BYTES} bytes when there is a standby`);
}

/** @throws DoesNotFollow when these are no writes to these collections */
export function decodeWrites(collections: ReadonlyMap<string, Validated>, bytes: Buffer): Planned[] {
  const writes: Planned[] = [];
  for (let at = 0; at < bytes.length;) {
    const start = at + LENGTH_BYTES;
    const end = start > bytes.length ? Infinity : start + bytes.readUInt32BE(at);
    if (end > bytes.length) throw new DoesNotFollow('a shipped commit is cut short');
    writes.push(decodeWrite(collections, bytes.subarray(start, end)));
    at = end;
  }
  return writes;
}

function decodeWrite(collections: ReadonlyMap<string, Validated>, bytes: Buffer): Planned {
  const { op, in: name, id, doc, version } = read<Partial<ShippedWrite>>(bytes);
  const collection = known(collections, name);
  if (typeof id !== 'string' || id === '') throw new DoesNotFollow('a shipped write has no id');
  if (op === 'delete' && isVersion(version)) return { op, in: collection, id, version };
  if (doc?._id !== id || !isVersion(doc.v)) throw new DoesNotFollow('a shipped write has no document');
  if (op === 'insert') return { op, in: collection, id, doc };
  if (op === 'replace' && isVersion(version)) return { op, in: collection, id, doc, version };
  throw new DoesNotFollow('a shipped write is of an unknown kind');
}

/** A document of a copy as the write that puts it there. @throws DoesNotFollow when it is none */
export function insertOf(collections: ReadonlyMap<string, Validated>, name: string, bytes: Buffer): Planned {
  const doc = read<Partial<Plain>>(bytes);
  const { _id, v } = doc;
  if (typeof _id !== 'string' || _id === '' || !isVersion(v)) {
    throw new DoesNotFollow('a shipped document has no id or no version');
  }
  return { op: 'insert', in: known(collections, name), id: _id, doc: { ...doc, _id, v } };
}

function known(collections: ReadonlyMap<string, Validated>, name: unknown): Validated {
  const collection = typeof name === 'string' ? collections.get(name) : undefined;
  if (!collection) throw new DoesNotFollow('a shipped write is of an unknown collection');
  return collection;
}

function read<T extends object>(bytes: Buffer): T {
  try {
    return deserialize(bytes, { promoteBuffers: true }) as T;
  } catch (error) {
    throw new DoesNotFollow('a shipped document cannot be read', { cause: error });
  }
}

function isVersion(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 1;
}
