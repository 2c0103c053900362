import { DomainError, foldWord } from '#bank/protocol';
import { cellName, EMPTY_CELL, type Sheet, type SheetCell, type SheetRow } from './sheet.ts';
import type { Column } from './workbook-columns.ts';

/** Headers are looked for in this many rows, since files often begin with a title. */
const HEADER_SEARCH_ROWS = 20;

/** A sheet whose columns are known. */
export interface Table<Id extends string> {
  sheet: Sheet;
  /** The rows below the headers. */
  rows: SheetRow[];
  columns: ReadonlyMap<Id, number>;
}

/** Cell of a row by column id; an absent column gives an empty cell. */
export function cellOf<Id extends string>(table: Table<Id>, row: SheetRow, id: Id): SheetCell {
  const column = table.columns.get(id);
  return column === undefined ? EMPTY_CELL : (row.cells.get(column) ?? EMPTY_CELL);
}

/** Address of that cell; column A when the sheet has no such column. */
export function addressOf<Id extends string>(table: Table<Id>, row: SheetRow, id: Id): string {
  return cellName(table.columns.get(id) ?? 1, row.row);
}

/**
 * Finds the headers: the row among the first twenty that names most columns.
 *
 * @throws DomainError `file-header-missing` naming the headers not found, `file-header-twice`, `file-empty`
 */
export function findTable<Id extends string>(sheet: Sheet, columns: readonly Column<Id>[]): Table<Id> {
  const found = bestHeader(sheet, columns);
  if (!found) throw new DomainError('file-empty', 422);
  const missing = columns.filter((column) => column.required && !found.columns.has(column.id));
  if (missing.length > 0) {
    const headers = missing.map((column) => `“${column.vi}”`).join(', ');
    throw new DomainError('file-header-missing', 422, { headers, sheet: sheet.name });
  }
  const twice = found.twice[0];
  if (twice) throw new DomainError('file-header-twice', 422, { header: twice.text, cell: twice.cell });
  const rows = sheet.rows.slice(found.index + 1);
  return { sheet, rows, columns: found.columns };
}

/** How many of the columns the best header row of a sheet names; tells the right sheet of a workbook. */
export function headerScore<Id extends string>(sheet: Sheet, columns: readonly Column<Id>[]): number {
  return bestHeader(sheet, columns)?.columns.size ?? 0;
}

interface Header<Id extends string> {
  index: number;
  columns: Map<Id, number>;
  twice: { text: string; cell: string }[];
}

function bestHeader<Id extends string>(sheet: Sheet, columns: readonly Column<Id>[]): Header<Id> | null {
  const names = headerNames(columns);
  let best: Header<Id> | null = null;
  for (const [index, row] of sheet.rows.slice(0, HEADER_SEARCH_ROWS).entries()) {
    const header = readHeader(index, row, names);
    if (!best || header.columns.size > best.columns.size) best = header;
  }
  return best;
}

function headerNames<Id extends string>(columns: readonly Column<Id>[]): Map<string, Id> {
  const names = new Map<string, Id>();
  for (const { id, aliases } of columns) for (const alias of aliases) names.set(foldWord(alias), id);
  for (const { id, en } of columns) names.set(foldWord(en), id);
  for (const { id, vi } of columns) names.set(foldWord(vi), id);
  return names;
}

function readHeader<Id extends string>(
  index: number,
  row: SheetRow,
  names: ReadonlyMap<string, Id>,
): Header<Id> {
  const header: Header<Id> = { index, columns: new Map(), twice: [] };
  for (const [column, cell] of row.cells) {
    const id = names.get(foldHeader(cell.text));
    if (id === undefined) continue;
    if (header.columns.has(id)) header.twice.push({ text: cell.text, cell: cellName(column, row.row) });
    else header.columns.set(id, column);
  }
  return header;
}

/** Remarks in brackets (“Đáp án (chữ cái)”), required marks and rich-text tags do not count. */
function foldHeader(text: string): string {
  return foldWord(text.replace(/<\/?(?:b|i|u|sub|sup)>/g, '').replace(/\([^)]*\)|\[[^\]]*\]/g, ' '));
}
