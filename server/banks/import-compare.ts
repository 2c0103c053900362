import type { ImportedItem, ImportRow } from '#bank/formats';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ImportCounts } from '#bank/protocol';
import { eachDocument, type Store } from '#server/storage';
import { importedAssembly } from './assembly-data.ts';
import type { BankRecord } from './bank-access.ts';
import type { ItemBoxes, ItemText } from './item-boxes.ts';
import type { StagedRow } from './import-rows.ts';
import type { ItemRecord } from './item-state.ts';

/** All items of a bank by code: metadata only, no box is opened. */
export async function itemsByCode(store: Store, bank: string): Promise<Map<string, ItemRecord>> {
  const byCode = new Map<string, ItemRecord>();
  for await (const item of eachDocument(store, 'items', { index: 'by_code', equals: [bank] })) {
    byCode.set(item.code, item);
  }
  return byCode;
}

const ROWS_PER_TURN = 100;

/** What taking the row over would make of the item that has its code, if there is one. */
export function itemText(item: ImportedItem, existing: ItemRecord | undefined): ItemText {
  const { content, key, topic, level, stimulus = '' } = item;
  return { content, key, topic, level, stimulus, ...importedAssembly(item, existing) };
}

/** Says of every row what taking it over does: an item is known by its code, and the same by its hash. */
export async function compareRows(
  boxes: ItemBoxes,
  bank: BankRecord,
  rows: readonly ImportRow[],
  known: ReadonlyMap<string, ItemRecord>,
): Promise<StagedRow[]> {
  const staged: StagedRow[] = [];
  for (const [i, row] of rows.entries()) {
    if (i % ROWS_PER_TURN === 0) await nextTurn();
    if (!row.item) {
      staged.push({ ...row, action: 'refused' });
      continue;
    }
    const existing = known.get(row.item.code);
    if (existing && existing.kind !== row.item.kind) {
      staged.push(otherKind(row, existing));
      continue;
    }
    const hash = await boxes.hash(bank._id, itemText(row.item, existing));
    staged.push({ ...row, action: existing ? actionFor(existing, hash) : 'added', hash });
  }
  return staged;
}

/** The same item read again changes nothing, even when it was retired since. */
export function actionFor(existing: ItemRecord, hash: string): 'same' | 'changed' {
  return existing.contentHash === hash ? 'same' : 'changed';
}

function otherKind(row: ImportRow, { code, kind }: ItemRecord): StagedRow {
  const { item: _refused, ...rest } = row;
  const place = { ...(row.cell !== undefined && { cell: row.cell }), ...(row.line && { line: row.line }) };
  const problem = {
    code: 'item-kind-fixed',
    severity: 'refused' as const,
    ...place,
    values: { ...place, code, kind },
  };
  return { ...rest, status: 'refused', action: 'refused', problems: [...row.problems, problem] };
}

export function countRows(rows: readonly StagedRow[]): ImportCounts {
  const count = (action: StagedRow['action']): number => rows.filter((row) => row.action === action).length;
  return {
    rows: rows.length,
    warnings: rows.filter((row) => row.status === 'warning').length,
    refused: count('refused'),
    added: count('added'),
    changed: count('changed'),
    same: count('same'),
  };
}
