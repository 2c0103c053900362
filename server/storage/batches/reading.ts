import type { Position, PositionedRecord } from '../journal.ts';

type Batches = AsyncIterable<readonly PositionedRecord[]>;

/** The records of batches one by one, without those below a position. */
export async function* from(position: Position, batches: Batches): AsyncGenerator<PositionedRecord> {
  for await (const batch of batches) {
    for (const record of batch) if (record.position >= position) yield record;
  }
}

/** The records of batches in one list. */
export async function all(batches: Batches): Promise<PositionedRecord[]> {
  const list: PositionedRecord[] = [];
  for await (const batch of batches) for (const record of batch) list.push(record);
  return list;
}
