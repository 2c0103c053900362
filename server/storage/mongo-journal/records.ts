import { openBatch } from '../batches/index.ts';
import type { PositionedRecord } from '../journal.ts';
import { batchId, damagedStream, placeOf, type JournalStore, type StreamEntry } from './document.ts';

const AT_ONCE = 50;

/** Reads the records of these batches, of one attempt or of all, in order, batch by batch; what is retired meanwhile is left out. */
export async function* readRecords(
  store: JournalStore,
  stream: string,
  entries: readonly StreamEntry[],
  attempt?: string,
): AsyncGenerator<PositionedRecord[]> {
  for (let at = 0; at < entries.length; at += AT_ONCE) {
    const some = entries.slice(at, at + AT_ONCE);
    const ids = some.map((entry) => batchId(stream, entry.batch));
    const documents = await store.getMany('journalBatches', ids);
    for (const [i, { segment, batch, firstPosition }] of some.entries()) {
      if (segment.isRetired) continue;
      const document = documents[i];
      if (!document?.box) throw damagedStream(batchId(stream, batch), firstPosition - 1, null);
      yield openBatch(segment.key, placeOf(batch, document), document.box, attempt);
    }
  }
}
