import { openBatch, type BatchIndex, type DamagedJournal, type SegmentKeys } from '../batches/index.ts';
import {
  batchId,
  chainAfter,
  damagedStream,
  idsEnd,
  placeOf,
  type BatchDocument,
  type Chain,
  type JournalStore,
  type Segment,
  type StreamEntry,
} from './document.ts';

/** What has been read of a stream: its live segments, the places of its batches, and where the next one belongs. */
export interface Scanned {
  segments: Segment[];
  index: BatchIndex<StreamEntry>;
  chain: Chain;
}

/** Documents of one page; a batch has at most a few MiB. */
const PAGE = 50;

/**
 * Reads on from `scanned.chain` to the end of the stream and checks every document against the chain.
 *
 * @throws DamagedJournal when a document is missing, does not open, or is not the one its successor names
 */
export async function scanOn(
  store: JournalStore,
  stream: string,
  keys: SegmentKeys,
  scanned: Scanned,
): Promise<void> {
  for (;;) {
    const next = batchId(stream, scanned.chain.batch);
    const bounds = { index: '_id', gte: next, lt: idsEnd(stream), limit: PAGE };
    const { docs } = await store.range('journalBatches', bounds);
    for (const document of docs) {
      if (!(await take(document, stream, keys, scanned))) throw await damage(store, stream, scanned.chain);
    }
    if (docs.length < PAGE) return;
  }
}

/** False when the document is not what must stand here; then nothing has changed. */
async function take(
  document: BatchDocument,
  stream: string,
  keys: SegmentKeys,
  scanned: Scanned,
): Promise<boolean> {
  const { chain, segments, index } = scanned;
  if (document._id !== batchId(stream, chain.batch) || !continues(document, chain)) return false;
  if (document.kind === 'batch') {
    const segment = segments.at(-1);
    const attempts = segment && attemptsOf(segment, chain, document);
    if (!segment || !attempts) return false;
    const { firstPosition, count } = document;
    index.add({ segment, batch: chain.batch, firstPosition, count }, attempts);
    segment.bytes += document.box?.length ?? 0;
  } else {
    const { box: wrappedKey } = document;
    const key = wrappedKey ? await keys.unwrap(wrappedKey) : null;
    if (!key || !wrappedKey) return false;
    segments.push({ key, wrappedKey, start: chain, bytes: 0, isRetired: false });
  }
  scanned.chain = chainAfter(chain, document);
  return true;
}

async function damage(store: JournalStore, stream: string, chain: Chain): Promise<DamagedJournal> {
  const id = batchId(stream, chain.batch);
  const bounds = { index: '_id', gt: id, lt: idsEnd(stream), limit: 1 };
  const { docs } = await store.range('journalBatches', bounds);
  return damagedStream(id, chain.position - 1, docs[0]?.firstPosition ?? null);
}

function continues(document: BatchDocument, chain: Chain): boolean {
  return document.firstPosition === chain.position && document.previousHash.equals(chain.hash);
}

/** Null when the box does not open here. */
function attemptsOf({ key }: Segment, chain: Chain, document: BatchDocument): string[] | null {
  try {
    const records = openBatch(key, placeOf(chain.batch, document), document.box ?? Buffer.alloc(0));
    return records.map((record) => record.attempt);
  } catch {
    return null;
  }
}
