import type { Position, PositionedRecord } from '../journal.ts';

/** Leaves the records below a position out. */
export async function* from(
  position: Position,
  records: AsyncIterable<PositionedRecord>,
): AsyncGenerator<PositionedRecord> {
  for await (const record of records) if (record.position >= position) yield record;
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}
