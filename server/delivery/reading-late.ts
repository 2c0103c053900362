import type { LateEntry } from '#bank/protocol';
import type { Attempt } from './attempt.ts';
import { readRecord } from './records.ts';
import { lateOf } from './sheet.ts';
import { newestSheet, type SheetDeps, type SheetVersion } from './sheets.ts';

/** The newest sheet of an attempt, and all that has come late so far. */
export async function readLate(
  deps: SheetDeps,
  { id, paper }: Attempt,
): Promise<{ newest: SheetVersion | null; late: LateEntry[] }> {
  // in this order: a record leaves the journal only when it is on a sheet
  const records = await deps.journal.read(id);
  const newest = await newestSheet(deps, paper.exam, id);
  return { newest, late: lateOf(newest?.sheet ?? null, records.map(readRecord)) };
}
