import pLimit from 'p-limit';
import { Conflict } from '../store.ts';
import { batchId, type JournalStore } from './document.ts';

const PAGE = 50;
const AT_ONCE = 8;

/**
 * Destroys what lies below the base: batches and further segments are deleted. A fence stays for ever, without its
 * key: the number at which a writer was overtaken must never be free again, or a writer that slept through all of
 * this could still take it and go on.
 */
export async function sweep(store: JournalStore, stream: string, base: number): Promise<void> {
  const destroy = pLimit(AT_ONCE);
  let after: string | undefined;
  do {
    const bounds = { gte: batchId(stream, 0), lt: batchId(stream, base), limit: PAGE };
    const page = await store.range('journalBatches', { index: '_id', ...bounds, ...(after && { after }) });
    await Promise.all(
      page.docs.map(({ v, ...document }) =>
        destroy(async () => {
          const { _id: id, kind, box, ...fence } = document;
          if (kind !== 'fence') {
            await once(store.commit([{ op: 'delete', in: 'journalBatches', id, ifVersion: v }]));
          } else if (box) {
            const doc = { _id: id, kind, ...fence };
            await once(store.commit([{ op: 'replace', in: 'journalBatches', doc, ifVersion: v }]));
          }
        }),
      ),
    );
    after = page.next;
  } while (after !== undefined);
}

/** Somebody else has done it already. */
async function once(work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    if (!(error instanceof Conflict)) throw error;
  });
}
