import { deserialize, serialize } from 'bson';
import { indexKey, type Plain } from '../collection.ts';
import { encodeKey } from '../ordered-key.ts';
import type { Planned } from '../planned.ts';
import { Conflict, Duplicate } from '../store.ts';
import type { Table } from './tables.ts';

/** Carries one write out inside a transaction that is aborted when this throws. Throws Conflict or Duplicate. */
export function apply(table: Table, write: Planned): void {
  const key = encodeKey(['String'], [write.id]);
  const bytes = table.documents.getBinary(key);
  const current = bytes && (deserialize(bytes, { promoteBuffers: true }) as Plain);
  if (write.op === 'insert') {
    if (current) throw new Duplicate(write.in.name, '_id');
  } else if ((current?.v ?? 0) !== write.version) {
    throw new Conflict(write.in.name, write.id);
  }
  switch (write.op) {
    case 'assert':
      return;
    case 'delete':
      moveEntries(table, write, current, undefined);
      table.documents.removeSync(key);
      return;
    default:
      moveEntries(table, write, current, write.doc);
      table.documents.putSync(key, Buffer.from(serialize(write.doc, { ignoreUndefined: true })));
  }
}

function moveEntries(table: Table, write: Planned, from: Plain | undefined, to: Plain | undefined): void {
  for (const index of write.in.indexes) {
    const entries = table.entries.get(index.name);
    if (!entries) continue;
    const before = from && indexKey(write.in, index, from);
    const after = to && indexKey(write.in, index, to);
    if (before && after?.equals(before)) continue;
    if (after && index.unique && entries.doesExist(after)) throw new Duplicate(write.in.name, index.name);
    if (before) entries.removeSync(before);
    if (after) entries.putSync(after, Buffer.from(write.id));
  }
}
