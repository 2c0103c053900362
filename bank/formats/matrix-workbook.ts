import type ExcelJS from 'exceljs';
import { placeTableCells, type MatrixSection, type TableCell } from '#bank/blueprint';
import { newWorkbook } from './excel.ts';
import { FONT, MOTTO, NATION, type MatrixDocument } from './matrix-document.ts';

/** Paper size of Excel. */
const A4 = 9;
const TABLE_TOP = 8;
/** Points. */
const LINE_HEIGHT = 14;

/** The matrix as a workbook: a sheet in landscape for each table. Counts are numbers, everything else is text. */
export async function writeMatrixWorkbook(document: MatrixDocument): Promise<Uint8Array> {
  const workbook = await newWorkbook();
  for (const section of document.sections) addSheet(workbook, document, section);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

function addSheet(workbook: ExcelJS.Workbook, document: MatrixDocument, section: MatrixSection): void {
  const { widths, head, body, foot, notes } = section.table;
  const sheet = workbook.addWorksheet(section.name, {
    pageSetup: {
      paperSize: A4,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${TABLE_TOP}:${TABLE_TOP + head.length - 1}`,
    },
  });
  widths.forEach((width, index) => {
    sheet.getColumn(index + 1).width = width + 2;
  });
  writeHead(sheet, document, section, widths.length);
  const rows = [...head, ...body, ...foot];
  const isBold = (row: number): boolean => row < head.length || row >= head.length + body.length;
  for (const { cell, row, column } of placeTableCells(rows))
    writeCell(sheet, TABLE_TOP + row, column + 1, cell, isBold(row));
  const names = head.at(-1) ?? [];
  [names, ...body].forEach((cells, index) => {
    sheet.getRow(TABLE_TOP + head.length - 1 + index).height = heightOf(cells, widths);
  });
  notes.forEach((note, index) => {
    line(sheet, TABLE_TOP + rows.length + 1 + index, 1, widths.length, note, { italic: true }, 'left');
  });
}

/** Who issues it at the left, the nation at the right, and what it is in the middle. */
function writeHead(
  sheet: ExcelJS.Worksheet,
  { authority, school, title, subtitle }: MatrixDocument,
  { heading, caption }: MatrixSection,
  columns: number,
): void {
  const half = Math.floor(columns / 3);
  line(sheet, 1, 1, half, authority.toLocaleUpperCase('vi'), {});
  line(sheet, 2, 1, half, school.toLocaleUpperCase('vi'), { bold: true });
  line(sheet, 1, half + 1, columns, NATION, { bold: true });
  line(sheet, 2, half + 1, columns, MOTTO, { bold: true, underline: true });
  line(sheet, 4, 1, columns, heading, { bold: true, size: 14 });
  line(sheet, 5, 1, columns, title, { bold: true });
  line(sheet, 6, 1, columns, [subtitle, caption].join(' · '), { italic: true });
}

/** One line of text over several columns. */
function line(
  sheet: ExcelJS.Worksheet,
  row: number,
  from: number,
  to: number,
  text: string,
  font: Partial<ExcelJS.Font>,
  horizontal: 'center' | 'left' = 'center',
): void {
  sheet.mergeCells(row, from, row, to);
  const cell = sheet.getCell(row, from);
  cell.value = text;
  cell.font = { name: FONT, size: 12, ...font };
  cell.alignment = { horizontal, vertical: 'middle', wrapText: true };
}

function writeCell(
  sheet: ExcelJS.Worksheet,
  row: number,
  column: number,
  { text, columns = 1, rows = 1, isText = false }: TableCell,
  bold: boolean,
): void {
  if (columns > 1 || rows > 1) sheet.mergeCells(row, column, row + rows - 1, column + columns - 1);
  const cell = sheet.getCell(row, column);
  cell.value = /^\d{1,9}$/.test(text) ? Number(text) : text;
  cell.font = { name: FONT, size: 11, bold };
  cell.alignment = { horizontal: isText ? 'left' : 'center', vertical: 'middle', wrapText: true };
  const thin = { style: 'thin' } as const;
  for (let y = 0; y < rows; y++)
    for (let x = 0; x < columns; x++)
      sheet.getCell(row + y, column + x).border = { top: thin, bottom: thin, left: thin, right: thin };
}

/** Excel gives merged and wrapped cells no height of their own. */
function heightOf(cells: readonly TableCell[], widths: readonly number[]): number {
  const offset = widths.length - cells.reduce((sum, { columns = 1 }) => sum + columns, 0);
  const lines = cells.map(({ text }, index) => {
    const width = (widths[index + offset] ?? 10) + 2;
    return text.split('\n').reduce((sum, part) => sum + Math.max(1, Math.ceil(part.length / width)), 0);
  });
  return Math.max(1, ...lines) * LINE_HEIGHT + 4;
}
