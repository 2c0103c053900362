import { sheetContext, sheetId } from '#bank/protocol';
import type { Keyring } from '#server/keys';
import type { Journal, Store, Write } from '#server/storage';
import type { Attempt } from './attempts.ts';
import { readRecord, type AttemptRecord } from './records.ts';
import { buildSheet } from './sheet.ts';

const FIRST_VERSION = 1;
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

/**
 * Writes the first answer sheet of every closed attempt that has none. Each exam has its own key generation: when an
 * attempt is to be shredded, only the keys of its own exam have to be wrapped anew.
 */
export async function writeSheets(
  deps: SheetDeps,
  exam: string,
  attempts: readonly Attempt[],
): Promise<void> {
  for (const gathered of chunksOf(await withoutSheet(deps.store, attempts), GATHERED)) {
    const records = await recordsOf(deps.journal, gathered);
    for (const chunk of chunksOf(gathered, CHUNK)) {
      const writes = chunk.map((attempt) => sheetWrite(deps, exam, attempt, records.get(attempt.id) ?? []));
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

async function sheetWrite(
  deps: SheetDeps,
  exam: string,
  { id, paper }: Attempt,
  records: readonly AttemptRecord[],
): Promise<Write> {
  const plaintext = Buffer.from(JSON.stringify(buildSheet(id, paper, records)));
  const context = sheetContext(deps.tenant, id, FIRST_VERSION);
  const sheet = await deps.keyring.seal(`attempts/${exam}`, context, plaintext);
  const doc = {
    _id: sheetId(id, FIRST_VERSION),
    exam,
    attempt: id,
    version: FIRST_VERSION,
    generation: exam,
    sheet,
  };
  return { op: 'insert', in: 'sheets', doc };
}

/** Attempts in lots of so many at most, whose answers take up so many bytes together unless it is one alone. */
function* chunksOf(attempts: readonly Attempt[], most: typeof CHUNK): Generator<Attempt[]> {
  let lot: Attempt[] = [];
  let bytes = 0;
  for (const attempt of attempts) {
    bytes += attempt.book.bytes;
    if (lot.length === most.attempts || (lot.length > 0 && bytes > most.bytes)) {
      yield lot;
      lot = [];
      bytes = attempt.book.bytes;
    }
    lot.push(attempt);
  }
  if (lot.length > 0) yield lot;
}
