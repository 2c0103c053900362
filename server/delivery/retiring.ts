import { sheetId } from '#bank/protocol';
import { hasReached } from '#server/exams';
import { retireUpTo, type PositionedRecord } from '#server/storage';
import type { Attempts } from './attempts.ts';
import { readLate } from './reading-late.ts';
import { readRecord, type AttemptRecord } from './records.ts';
import { lateKey } from './sheet.ts';
import { FIRST_VERSION, newestSheet, sheetWrite, type SheetDeps, type SheetVersion } from './sheets.ts';

interface RetiringDeps extends SheetDeps {
  attempts: Attempts;
  now(): number;
}

/**
 * What came late goes by itself onto a sheet, with the decision on it, and decisions are made within the hour. It is
 * left to that for a day, so that a device which sends one late answer after the other gets one version a day.
 */
const LEFT_TO_DECISIONS_MS = 24 * 60 * 60_000;

/**
 * Retires the journal up to the first record that is still needed. Not needed is what is on the newest answer sheet of
 * an attempt of a closed exam, or of one that was cancelled: nobody has written there. Before an exam is marked as closed, each of its attempts has a sheet, from which
 * `from-sheet.ts` gives all that the records told, and all transitions are in the outbox of the ledger.
 *
 * Late answers nobody has decided on are written into a next version of the sheet, without a ruling. To keep their
 * segments instead would be no less code and no end: what comes after the grading is never decided on, so that one
 * device that comes back weeks later would keep all that follows it for ever. Chunks wait for as long for their answer;
 * one that comes later brings them along (`saving.ts`).
 *
 * It walks from the oldest record and ends at the first that is needed: where an exam is open, soon.
 *
 * @throws Unavailable
 */
export async function retireJournal(deps: RetiringDeps): Promise<void> {
  const isNeeded = neededBy(deps);
  let last: PositionedRecord | null = null;
  for await (const record of deps.journal.replay(1)) {
    if (await isNeeded(record)) break;
    last = record;
  }
  if (last) await retireUpTo(deps.store, deps.journal, { position: last.position, at: last.at });
}

/** Whether a record must stay; each attempt and exam is looked up once. */
function neededBy(deps: RetiringDeps): (record: PositionedRecord) => Promise<boolean> {
  const exams = new Map<string, Promise<string | null>>();
  const closed = new Map<string, Promise<boolean>>();
  const cancelled = new Map<string, Promise<boolean>>();
  const told = new Map<string, Promise<Told>>();

  /**
   * The exam of an attempt that has a sheet, or of one that was cancelled; null when it has none, or the exam broke off
   * while it was closing.
   */
  async function closedExamOf(attempt: string): Promise<string | null> {
    const sheet = await deps.store.get('sheets', sheetId(attempt, FIRST_VERSION));
    if (sheet) return (await once(closed, sheet.exam, isClosed)) ? sheet.exam : null;
    const paper = await deps.store.get('papers', attempt);
    return paper && (await once(cancelled, paper.exam, isCancelled)) ? paper.exam : null;
  }

  async function isCancelled(id: string): Promise<boolean> {
    return (await deps.store.get('exams', id))?.state === 'cancelled';
  }

  async function isClosed(id: string): Promise<boolean> {
    const exam = await deps.store.get('exams', id);
    return exam !== null && hasReached(exam, 'closed');
  }

  return async (positioned) => {
    const record = readRecord(positioned);
    const { attempt, type, at } = record;
    const exam = await once(exams, attempt, closedExamOf);
    if (exam === null) return true;
    if (type !== 'late' && type !== 'chunk') return false;
    const onSheet = await once(told, attempt, async () => toldBy(await newestSheet(deps, exam, attempt)));
    if (isTold(onSheet, record)) return false;
    if (at + LEFT_TO_DECISIONS_MS > deps.now()) return true;
    const next = takeInLate(deps, attempt);
    told.set(attempt, next);
    return type === 'late' && !isTold(await next, record);
  };
}

/** Writes all that came late to an attempt onto its sheet; gives what is told there then. */
async function takeInLate(deps: RetiringDeps, id: string): Promise<Told> {
  const attempt = await deps.attempts.get(id);
  return attempt.run(async () => {
    const { newest, late } = await readLate(deps, attempt);
    if (!newest) return toldBy(null);
    const next = { version: newest.version + 1, sheet: { ...newest.sheet, late } };
    if (late.length > newest.sheet.late.length)
      await deps.store.commit([await sheetWrite(deps, next.sheet, next.version)]);
    return toldBy(next);
  });
}

/** The answers on a sheet by their keys, and when the last chunk came of those that were incomplete at the close. */
interface Told {
  history: ReadonlySet<string>;
  late: ReadonlySet<string>;
  incomplete: ReadonlyMap<string, number>;
}

function toldBy(newest: SheetVersion | null): Told {
  const { history = [], late = [], incomplete = [] } = newest?.sheet ?? {};
  return {
    history: new Set(history.map(lateKey)),
    late: new Set(late.map(lateKey)),
    incomplete: new Map(incomplete.map((one) => [lateKey(one), one.at])),
  };
}

/** Chunks that came after the close are of an answer that may come late yet. */
function isTold({ history, late, incomplete }: Told, record: AttemptRecord): boolean {
  if (record.type !== 'late' && record.type !== 'chunk') return false;
  const key = lateKey(record.data);
  if (late.has(key)) return true;
  return record.type === 'chunk' && (history.has(key) || (incomplete.get(key) ?? 0) >= record.at);
}

function once<T>(known: Map<string, T>, key: string, find: (key: string) => T): T {
  const found = known.get(key) ?? find(key);
  known.set(key, found);
  return found;
}
