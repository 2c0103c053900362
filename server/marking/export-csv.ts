import { formatMark } from '#bank/marks';
import type { ResultTable } from '#bank/protocol';
import { exportColumns, type ExportCell } from './export-columns.ts';

const BYTE_ORDER_MARK = '\ufeff';
/** Spreadsheets run a cell that begins with one of these as a formula. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

function cellText(cell: ExportCell): string {
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'object') return formatMark(cell.mark, 'en');
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

function quote(text: string): string {
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * The table as CSV (RFC 4180) for other programs: UTF-8 with a byte order mark, commas, CRLF, a point in marks.
 * A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection).
 */
export function writeCsv(table: ResultTable): Uint8Array {
  const columns = exportColumns(table);
  const line = (cells: ExportCell[]) => `${cells.map((cell) => quote(cellText(cell))).join(',')}\r\n`;
  const lines = [
    line(columns.map((column) => column.header)),
    ...table.rows.map((row, i) => line(columns.map((column) => column.cell(row, i)))),
  ];
  return Buffer.from(BYTE_ORDER_MARK + lines.join(''), 'utf8');
}
