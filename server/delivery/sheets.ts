import { sheetContext, sheetId, type AnswerSheet } from '#bank/protocol';
import type { Keyring } from '#server/keys';
import type { Journal, Store, Stored, Write } from '#server/storage';
import type { Attempt } from './attempt.ts';
import { readRecord, type AttemptRecord } from './records.ts';
import { buildSheet } from './sheet.ts';

/** The version that the close writes. */
export const FIRST_VERSION = 1;
/** Attempts whose records are gathered in memory in one pass through the journal. */
const GATHERED = { attempts: 1000, bytes: 256 * 1024 * 1024 };
/** Sheets in one commit. */
const CHUNK = { attempts: 50, bytes: 16 * 1024 * 1024 };

export interface SheetDeps {
  store: Store;
  journal: Journal;
  keyring: Keyring;
  tenant: string;
}

type SheetReading = Pick<SheetDeps, 'store' | 'keyring' | 'tenant'>;

/**
 * Writes the first answer sheet of every closed attempt that has none. Each exam has its own key generation: when an
 * attempt is to be shredded, only the keys of its own exam have to be wrapped anew.
 */
export async function writeSheets(deps: SheetDeps, attempts: readonly Attempt[]): Promise<void> {
  for (const gathered of chunksOf(await withoutSheet(deps.store, attempts), GATHERED, journalBytes)) {
    const records = await recordsOf(deps.journal, gathered);
    for (const chunk of chunksOf(gathered, CHUNK)) {
      const writes = chunk.map(({ id, paper }) =>
        sheetWrite(deps, buildSheet(id, paper, records.get(id) ?? []), FIRST_VERSION),
      );
      await deps.store.commit(await Promise.all(writes));
    }
  }
}

async function withoutSheet(store: Store, attempts: readonly Attempt[]): Promise<Attempt[]> {
  const without: Attempt[] = [];
  for (const chunk of chunksOf(attempts, CHUNK)) {
    const sheets = await store.getMany(
      'sheets',
      chunk.map(({ id }) => sheetId(id, FIRST_VERSION)),
    );
    without.push(...chunk.filter((_, index) => sheets[index] === null));
  }
  return without;
}

/** What the journal holds of these attempts; one pass, because the records of an exam lie mixed in its batches. */
async function recordsOf(
  journal: Journal,
  attempts: readonly Attempt[],
): Promise<Map<string, AttemptRecord[]>> {
  const records = new Map<string, AttemptRecord[]>(attempts.map(({ id }) => [id, []]));
  const firsts = attempts.flatMap(({ firstPosition }) => firstPosition ?? []);
  const from = firsts.reduce((lowest, first) => Math.min(lowest, first), Infinity);
  if (from === Infinity) return records;
  for await (const record of journal.replay(from)) records.get(record.attempt)?.push(readRecord(record));
  return records;
}

/** The write of a version of a sheet; it fails with Duplicate when there is such a version. */
export async function sheetWrite(
  { keyring, tenant }: Pick<SheetDeps, 'keyring' | 'tenant'>,
  content: AnswerSheet,
  version: number,
): Promise<Write> {
  const { exam, attempt } = content;
  const plaintext = Buffer.from(JSON.stringify(content));
  const sheet = await keyring.seal(`attempts/${exam}`, sheetContext(tenant, attempt, version), plaintext);
  const doc = { _id: sheetId(attempt, version), exam, attempt, version, generation: exam, sheet };
  return { op: 'insert', in: 'sheets', doc };
}

/** A version of an attempt's answer sheet. */
export interface SheetVersion {
  version: number;
  sheet: AnswerSheet;
}

/**
 * The newest answer sheet of an attempt; null before its exam has closed.
 *
 * @throws CryptoError
 */
export async function newestSheet(
  deps: SheetReading,
  exam: string,
  attempt: string,
): Promise<SheetVersion | null> {
  const query = { index: 'by_exam', equals: [exam, attempt], order: 'desc' as const, limit: 1 };
  const [doc] = (await deps.store.range('sheets', query)).docs;
  return doc ? opened(deps, doc) : null;
}

/** The version in which a sheet got a ruling, which is the one at this place of its rulings. */
export async function versionOfRuling(
  deps: SheetReading,
  newest: SheetVersion,
  place: number,
): Promise<number> {
  for (let { version } = newest; version > FIRST_VERSION; version--) {
    const before = await deps.store.get('sheets', sheetId(newest.sheet.attempt, version - 1));
    const { rulings = [] } = before ? (await opened(deps, before)).sheet : newest.sheet;
    if (rulings.length <= place) return version;
  }
  return FIRST_VERSION;
}

async function opened({ keyring, tenant }: SheetReading, doc: Stored<'sheets'>): Promise<SheetVersion> {
  const { attempt, version, generation } = doc;
  const context = sheetContext(tenant, attempt, version);
  const bytes = await keyring.open(`attempts/${generation}`, context, doc.sheet);
  return { version, sheet: JSON.parse(Buffer.from(bytes).toString('utf8')) as AnswerSheet };
}

/** What the journal holds of an attempt at most: of essays every change. */
function journalBytes({ book, chunks }: Attempt): number {
  return book.bytes + book.essayBytes + chunks.written;
}

/** Attempts in lots of so many at most, whose answers take up so many bytes together unless it is one alone. */
function* chunksOf(
  attempts: readonly Attempt[],
  most: typeof CHUNK,
  bytesOf = (attempt: Attempt) => attempt.book.bytes,
): Generator<Attempt[]> {
  let lot: Attempt[] = [];
  let bytes = 0;
  for (const attempt of attempts) {
    bytes += bytesOf(attempt);
    if (lot.length === most.attempts || (lot.length > 0 && bytes > most.bytes)) {
      yield lot;
      lot = [];
      bytes = bytesOf(attempt);
    }
    lot.push(attempt);
  }
  if (lot.length > 0) yield lot;
}
