import type { Borders, Cell, Worksheet } from 'exceljs';
import { formatMark } from '#bank/marks';
import type { ResultTable } from '#bank/protocol';
import { exportColumns, type ExportCell, type ExportColumn } from './export-columns.ts';

/** Decree 30/2020/NĐ-CP on the form of administrative documents: Times New Roman, 13 to 14 points, A4. */
const FONT = { name: 'Times New Roman', size: 13 };
const THIN: Partial<Borders> = {
  top: { style: 'thin' },
  left: { style: 'thin' },
  bottom: { style: 'thin' },
  right: { style: 'thin' },
};
const WIDTHS = { count: 6, text: 14, name: 32, mark: 13, note: 12 } as const;
/** All of Vietnam keeps one time, UTC+7. */
const TIME_ZONE = 'Asia/Ho_Chi_Minh';
const HEADER_ROW = 8;

function day(instant: number): { day: string; month: string; year: string } {
  const options = { timeZone: TIME_ZONE, day: '2-digit', month: '2-digit', year: 'numeric' } as const;
  const parts = new Intl.DateTimeFormat('vi-VN', options).formatToParts(instant);
  const get = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { day: get('day'), month: get('month'), year: get('year') };
}

/** A mark becomes a number of the sheet from its decimal text; texts are never formulas. */
function cellValue(cell: ExportCell): string | number {
  return typeof cell === 'object' ? Number(formatMark(cell.mark, 'en')) : cell;
}

/** Text over a block of columns, centred. */
function put(sheet: Worksheet, row: number, from: number, to: number, text: string, font: object = {}): Cell {
  if (to > from) sheet.mergeCells(row, from, row, to);
  const cell = sheet.getCell(row, from);
  cell.value = text;
  cell.font = { ...FONT, ...font };
  cell.alignment = { horizontal: 'center', vertical: 'middle', wrapText: true };
  return cell;
}

function writeHead(sheet: Worksheet, table: ResultTable, width: number): void {
  const { title, code, startsAt, max } = table.exam;
  const half = Math.floor(width / 2);
  put(sheet, 1, 1, half, 'ĐƠN VỊ: ……………………………');
  put(sheet, 1, half + 1, width, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { bold: true });
  put(sheet, 2, half + 1, width, 'Độc lập - Tự do - Hạnh phúc', { bold: true, underline: true });
  put(sheet, 4, 1, width, 'BẢNG ĐIỂM', { bold: true, size: 16 });
  put(sheet, 5, 1, width, title, { bold: true, size: 14 });
  const held = startsAt === undefined ? null : day(startsAt);
  const date = held ? ` – Ngày thi: ${held.day}/${held.month}/${held.year}` : '';
  put(sheet, 6, 1, width, `Mã kỳ thi: ${code}${date} – Thang điểm: ${formatMark(max, 'vi')}`, {
    italic: true,
  });
}

function writeTable(sheet: Worksheet, table: ResultTable, columns: ExportColumn[]): void {
  columns.forEach((column, i) => {
    sheet.getColumn(i + 1).width = WIDTHS[column.kind];
    const cell = put(sheet, HEADER_ROW, i + 1, i + 1, column.header, { bold: true });
    cell.border = THIN;
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE7EEF7' } };
  });
  table.rows.forEach((row, index) => {
    columns.forEach((column, i) => {
      const cell = sheet.getCell(HEADER_ROW + 1 + index, i + 1);
      cell.value = cellValue(column.cell(row, index));
      cell.font = column.header === 'Tổng điểm' ? { ...FONT, bold: true } : FONT;
      cell.border = THIN;
      cell.alignment = { horizontal: column.kind === 'name' ? 'left' : 'center', vertical: 'middle' };
      if (column.kind === 'mark') cell.numFmt = '0.00';
      if (column.kind === 'text') cell.numFmt = '@';
    });
  });
}

function writeFoot(sheet: Worksheet, table: ResultTable, width: number, now: number): void {
  const row = HEADER_ROW + table.rows.length + 2;
  const absent = table.rows.filter((one) => one.marks === null).length;
  const count = table.rows.length;
  const sum = `Danh sách có ${count} thí sinh; dự thi: ${count - absent}; vắng: ${absent}.`;
  put(sheet, row, 1, width, sum, { italic: true }).alignment = { horizontal: 'left' };
  const today = day(now);
  const half = Math.floor(width / 2);
  const date = `………………, ngày ${today.day} tháng ${today.month} năm ${today.year}`;
  put(sheet, row + 2, half + 1, width, date, { italic: true });
  put(sheet, row + 3, 1, half, 'NGƯỜI LẬP BẢNG', { bold: true });
  put(sheet, row + 3, half + 1, width, 'HIỆU TRƯỞNG', { bold: true });
  put(sheet, row + 4, 1, half, '(Ký, ghi rõ họ tên)', { italic: true });
  put(sheet, row + 4, half + 1, width, '(Ký tên, đóng dấu)', { italic: true });
}

/** The table as a mark sheet for print: A4, header row on every page, page numbers, lines for signatures. */
export async function writeXlsx(table: ResultTable, now: number): Promise<Uint8Array> {
  const { newWorkbook } = await import('#bank/formats');
  const workbook = await newWorkbook();
  workbook.creator = 'Niêm';
  workbook.created = new Date(now);
  workbook.modified = new Date(now);
  const columns = exportColumns(table);
  const sheet = workbook.addWorksheet('Bảng điểm', {
    views: [{ state: 'frozen', ySplit: HEADER_ROW }],
    pageSetup: {
      paperSize: 9,
      orientation: columns.length > 7 ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${HEADER_ROW}:${HEADER_ROW}`,
    },
    headerFooter: { oddFooter: '&C&P/&N' },
  });
  writeHead(sheet, table, columns.length);
  writeTable(sheet, table, columns);
  writeFoot(sheet, table, columns.length, now);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
