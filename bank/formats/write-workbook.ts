import type ExcelJS from 'exceljs';
import type { ImageRun, Inline, RichText } from '#bank/protocol';
import { imageSize, imagesOf, statementLevels, toMarkup } from '#bank/item';
import { writeAssembly } from './assembly-cells.ts';
import { newWorkbook } from './excel.ts';
import { lossSentences, lostMedia, type Exported, type ExportLoss } from './export.ts';
import { imageMarker } from './images.ts';
import type { ImportedItem } from './import-row.ts';
import { kindFormat } from './kinds/index.ts';
import type { WrittenCells } from './kinds/kind-format.ts';
import {
  KIND_CHOICES,
  LEVEL_CHOICES,
  QUESTION_COLUMNS,
  QUESTION_SHEET,
  type QuestionColumnId,
} from './workbook-columns.ts';
import { addListsSheet, validateColumn } from './workbook-lists.ts';

/** Excel's own limit of characters in a cell. */
const MAX_CELL = 32_767;
const MAX_OPTIONS = 8;
/** Rows below the questions that still offer lists to choose from. */
const SPARE_ROWS = 1_000;
const MAX_PICTURE_PIXELS = 200;

interface WorkbookOptions {
  /** Sheets to put behind the questions. */
  addSheets?: (workbook: ExcelJS.Workbook) => void;
}

/**
 * Writes items as the question workbook that `readWorkbook` reads. Cells are text, never formulas. What a workbook
 * cannot carry is left out, listed, and told on a sheet of its own.
 */
export async function writeWorkbook(
  items: readonly ImportedItem[],
  options: WorkbookOptions = {},
): Promise<Exported> {
  const workbook = await newWorkbook();
  const sheet = workbook.addWorksheet(QUESTION_SHEET.vi, {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
  });
  writeHeaders(sheet);
  const losses: ExportLoss[] = [];
  let row = 2;
  for (const item of items) if (writeItem(workbook, sheet, row, item, losses)) row++;
  const lists = addListsSheet(workbook);
  validateColumn(sheet, columnIndex('kind'), row + SPARE_ROWS, lists.kinds);
  validateColumn(sheet, columnIndex('level'), row + SPARE_ROWS, lists.levels, 'warning');
  validateColumn(sheet, columnIndex('shuffle'), row + SPARE_ROWS, lists.shuffle, 'warning');
  options.addSheets?.(workbook);
  if (losses.length > 0) addLossesSheet(workbook, losses);
  return { bytes: new Uint8Array(await workbook.xlsx.writeBuffer()), losses };
}

function columnIndex(id: QuestionColumnId): number {
  return QUESTION_COLUMNS.findIndex((column) => column.id === id) + 1;
}

function writeHeaders(sheet: ExcelJS.Worksheet): void {
  sheet.columns = QUESTION_COLUMNS.map(({ id, vi, width }) => ({
    key: id,
    header: vi,
    width,
    style: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' } },
  }));
  const header = sheet.getRow(1);
  header.height = 24;
  header.eachCell((cell) => {
    cell.font = { bold: true, color: { argb: 'FFFFFFFF' } };
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FF1F4E79' } };
    cell.alignment = { vertical: 'middle', wrapText: true };
  });
}

/** False when the item cannot stand in a workbook. */
function writeItem(
  workbook: ExcelJS.Workbook,
  sheet: ExcelJS.Worksheet,
  row: number,
  item: ImportedItem,
  losses: ExportLoss[],
): boolean {
  if (partCount(item) > MAX_OPTIONS) {
    losses.push({ code: 'export-options', item: item.code });
    return false;
  }
  const written = kindFormat(item.kind).toCells(item.content, item.key);
  const values = cellValues(item, written);
  if (values.some(([, text]) => text.length > MAX_CELL)) {
    losses.push({ code: 'export-length', item: item.code });
    return false;
  }
  for (const [id, text] of values) sheet.getCell(row, columnIndex(id)).value = text;
  for (const [id, content] of Object.entries(written.cells)) {
    if (typeof content === 'string') continue;
    const column = QUESTION_COLUMNS.findIndex((candidate) => candidate.id === id);
    const lost = imagesOf(content).filter((image) => !placeImage(workbook, sheet, row, column, image));
    if (lost.length > 0) losses.push({ code: 'export-image', item: item.code });
  }
  losses.push(...lostMedia(item));
  return true;
}

/** Cells that the item takes: options, statements, or pairs with the choices that belong to none. */
function partCount({ content, key }: ImportedItem): number {
  if ('criteria' in key) return key.criteria.length;
  if ('areas' in key) return key.areas.length;
  if (content.kind === 'gapMatch') return content.choices.length;
  if (content.kind === 'cloze') return content.gaps.length;
  if (content.kind === 'ordering') return content.parts.length;
  if ('options' in content) return content.options.length;
  if ('prompts' in content) return Math.max(content.choices.length, content.prompts.length);
  return 'statements' in content ? content.statements.length : 0;
}

function cellValues(item: ImportedItem, written: WrittenCells): [QuestionColumnId, string][] {
  const kind = KIND_CHOICES.find((choice) => choice.kind === item.kind && choice.variant === written.variant);
  const texts: Partial<Record<QuestionColumnId, string>> = {
    code: item.code,
    kind: kind?.vi ?? item.kind,
    topic: item.topic,
    level: levelText(item),
    ...(item.stimulus !== undefined && { stimulus: item.stimulus }),
    ...writeAssembly(item.assembly),
  };
  for (const [id, content] of Object.entries(written.cells)) {
    texts[id as QuestionColumnId] = typeof content === 'string' ? content : cellText(content);
  }
  return Object.entries(texts) as [QuestionColumnId, string][];
}

/** The level of an item, or those of its statements one after the other. */
function levelText({ content, level }: ImportedItem): string {
  const levels = (content.kind === 'tfCluster' && statementLevels(content, level)) || [level];
  return levels.map((one) => LEVEL_CHOICES.find((choice) => choice.level === one)?.vi ?? one).join('; ');
}

/** Markup in which pictures and recordings are described; pictures themselves are anchored in the cell. */
function cellText(rich: RichText): string {
  return toMarkup(rich.map((paragraph) => paragraph.map(described)));
}

function described(run: Inline): Inline {
  if (run.t === 'image') return { t: 'text', v: imageMarker(run.alt) };
  return run.t === 'media' ? { t: 'text', v: `[${run.title}]` } : run;
}

/** False for a type of picture that Excel does not know. */
function placeImage(
  workbook: ExcelJS.Workbook,
  sheet: ExcelJS.Worksheet,
  row: number,
  column: number,
  image: ImageRun,
): boolean {
  if (image.mime === 'image/webp') return false;
  const bytes = Buffer.from(image.data, 'base64');
  const size = imageSize(bytes) ?? { width: MAX_PICTURE_PIXELS, height: MAX_PICTURE_PIXELS };
  const scale = Math.min(1, MAX_PICTURE_PIXELS / Math.max(size.width, size.height));
  const id = workbook.addImage({
    base64: image.data,
    extension: image.mime === 'image/png' ? 'png' : 'jpeg',
  });
  sheet.addImage(id, {
    tl: { col: column, row: row - 1 },
    ext: { width: Math.round(size.width * scale), height: Math.round(size.height * scale) },
  });
  return true;
}

function addLossesSheet(workbook: ExcelJS.Workbook, losses: readonly ExportLoss[]): void {
  const sheet = workbook.addWorksheet('Không xuất được');
  sheet.getColumn(1).width = 110;
  lossSentences(losses).forEach((text, i) => {
    sheet.getCell(i + 1, 1).value = text;
  });
}
