import type ExcelJS from 'exceljs';
import { DomainError } from '#bank/protocol';
import {
  MAX_COLUMNS,
  MAX_ROWS,
  cleanText,
  type Sheet,
  type SheetCell,
  type SheetImage,
  type SheetRow,
} from './sheet.ts';
import { richRunsToMarkup } from './rich-runs.ts';
import { newWorkbook } from './excel.ts';
import { checkWorkbook } from './xlsx-gate.ts';
import type { MergedArea } from './xlsx-xml.ts';

const ROWS_PER_TURN = 200;

/** Parts of a sheet that say nothing about questions, and that the parser would expand cell by cell. */
const IGNORED_PARTS = [
  'mergeCells',
  'dataValidations',
  'conditionalFormatting',
  'autoFilter',
  'tableParts',
  'extLst',
];

interface SheetOptions {
  /** Bytes that all parts of the file may unpack to. */
  maxUnpacked?: number;
}

/**
 * Reads every visible sheet of an .xlsx file. The only place that knows exceljs as a reader.
 *
 * @throws DomainError `file-type`, `file-damaged`, `file-unsafe` or `file-too-many-rows`
 */
export async function readWorkbookSheets(bytes: Uint8Array, options: SheetOptions = {}): Promise<Sheet[]> {
  const { merges } = await checkWorkbook(bytes, options.maxUnpacked);
  const workbook = await parse(bytes);
  const sheets: Sheet[] = [];
  for (const sheet of workbook.worksheets.filter(({ state }) => state === 'visible')) {
    sheets.push(await readSheet(workbook, sheet, merges.get(sheet.name) ?? []));
  }
  return sheets;
}

async function parse(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = await newWorkbook();
  try {
    await workbook.xlsx.load(exactBuffer(bytes), { ignoreNodes: IGNORED_PARTS });
    return workbook;
  } catch {
    throw new DomainError('file-damaged', 422);
  }
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength);
  new Uint8Array(copy).set(bytes);
  return copy;
}

async function readSheet(
  workbook: ExcelJS.Workbook,
  sheet: ExcelJS.Worksheet,
  merges: readonly MergedArea[],
): Promise<Sheet> {
  const last = sheet.rowCount;
  if (last > MAX_ROWS) throw new DomainError('file-too-many-rows', 413, { rows: last, max: MAX_ROWS });
  const images = anchoredImages(workbook, sheet);
  const merged = mergesByRow(merges, last);
  const rows: SheetRow[] = [];
  for (let row = 1; row <= last; row++) {
    const cells = readRow(sheet.findRow(row), merged.get(row) ?? []);
    for (const [column, found] of images.get(row) ?? []) {
      cells.set(column, { ...(cells.get(column) ?? { text: '' }), images: found });
    }
    if ([...cells.values()].some((cell) => cell.text !== '' || cell.images)) rows.push({ row, cells });
    if (row % ROWS_PER_TURN === 0) await nextTurn();
  }
  return { name: sheet.name.normalize('NFC'), rows };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function mergesByRow(merges: readonly MergedArea[], last: number): Map<number, MergedArea[]> {
  const byRow = new Map<number, MergedArea[]>();
  for (const area of merges) {
    for (let row = area.top; row <= Math.min(area.bottom, last); row++) {
      const areas = byRow.get(row);
      if (areas) areas.push(area);
      else byRow.set(row, [area]);
    }
  }
  return byRow;
}

function readRow(row: ExcelJS.Row | undefined, merged: readonly MergedArea[]): Map<number, SheetCell> {
  const cells = new Map<number, SheetCell>();
  row?.eachCell({ includeEmpty: false }, (cell, column) => {
    if (column > MAX_COLUMNS) return;
    const read = readCell(cell);
    if (read.text !== '' || read.trouble) cells.set(column, read);
  });
  for (const area of merged) {
    for (let column = area.left; column <= Math.min(area.right, MAX_COLUMNS); column++) {
      const text = cells.get(column)?.text ?? '';
      cells.set(column, { text, trouble: 'merged', area: area.name });
    }
  }
  return cells;
}

function readCell(cell: ExcelJS.Cell): SheetCell {
  const { value } = cell;
  if (value === null || value === undefined) return { text: '' };
  if (typeof value === 'string') return { text: cleanText(value) };
  if (typeof value === 'number') return readNumber(value, cell.numFmt);
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE' };
  if (value instanceof Date) return readDate(value);
  if ('richText' in value) return { text: cleanText(richRunsToMarkup(value.richText)) };
  if ('hyperlink' in value) return { text: cleanText(hyperlinkText(value.text)) };
  if ('error' in value) return { text: String(value.error), trouble: 'error' };
  return { text: '', trouble: 'formula' };
}

/** exceljs gives the text of a link as rich text too, against its own types. */
function hyperlinkText(text: unknown): string {
  if (typeof text === 'string') return text;
  return typeof text === 'object' && text !== null && 'richText' in text
    ? richRunsToMarkup(text.richText as ExcelJS.RichText[])
    : '';
}

/**
 * Numbers are written with a decimal comma, and with the zeros in front that a format such as `000000` shows;
 * anything but a plain short number is worth a remark.
 */
function readNumber(value: number, format: string | undefined): SheetCell {
  const plain = String(value);
  const zeros = /^0{2,20}$/.test(format ?? '') && /^\d+$/.test(plain) ? (format?.length ?? 0) : 0;
  const text = plain.replace('.', ',').padStart(zeros, '0');
  const usual = !format || format === 'General' || format === '@' || /^0+$/.test(format);
  return usual && /^-?\d{1,12}$/.test(plain)
    ? { text, isNumber: true }
    : { text, isNumber: true, trouble: 'number' };
}

function readDate(value: Date): SheetCell {
  if (Number.isNaN(value.getTime())) return { text: '', trouble: 'error' };
  const date = value.toISOString().slice(0, 10);
  return { text: date, trouble: 'date', date };
}

/** Pictures by row and column of their upper left corner, in the order from left to right. */
function anchoredImages(
  workbook: ExcelJS.Workbook,
  sheet: ExcelJS.Worksheet,
): Map<number, Map<number, SheetImage[]>> {
  const byRow = new Map<number, Map<number, SheetImage[]>>();
  const images = sheet.getImages().toSorted((a, b) => a.range.tl.col - b.range.tl.col);
  for (const { imageId, range } of images) {
    const medium = workbook.getImage(Number(imageId));
    if (!medium?.buffer) continue;
    const row = range.tl.nativeRow + 1;
    const column = range.tl.nativeCol + 1;
    const byColumn = byRow.get(row) ?? new Map<number, SheetImage[]>();
    byRow.set(row, byColumn);
    const found = byColumn.get(column) ?? [];
    byColumn.set(column, [...found, { bytes: new Uint8Array(medium.buffer as ArrayBuffer) }]);
  }
  return byRow;
}
