import ExcelJS from 'exceljs';
import { MESSAGES } from '#bank/protocol';
import { QUESTION_COLUMNS, type ImportRow, type QuestionColumnId } from '#bank/formats';

export type RowCells = Partial<Record<QuestionColumnId, ExcelJS.CellValue>>;

export const COLUMN_OF = Object.fromEntries(QUESTION_COLUMNS.map(({ id }, i) => [id, i + 1])) as Record<
  QuestionColumnId,
  number
>;

/** A sound single-choice row. */
export const CHOICE: RowCells = {
  code: 'C1',
  kind: 'Một lựa chọn',
  topic: 'Dao động',
  level: 'Biết',
  stem: 'Đơn vị của tần số là gì?',
  optionA: 'giây',
  optionB: 'héc',
  key: 'B',
};

/** A question workbook; `change` may spoil it before it is written. */
export async function workbookOf(
  rows: readonly RowCells[],
  change?: (sheet: ExcelJS.Worksheet, workbook: ExcelJS.Workbook) => void,
): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Câu hỏi');
  QUESTION_COLUMNS.forEach(({ vi }, i) => {
    sheet.getCell(1, i + 1).value = vi;
  });
  rows.forEach((row, i) => {
    for (const [id, value] of Object.entries(row)) {
      sheet.getCell(i + 2, COLUMN_OF[id as QuestionColumnId]).value = value;
    }
  });
  change?.(sheet, workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** A sheet of plain rows, for class lists. */
export async function sheetOf(
  rows: readonly (readonly ExcelJS.CellValue[])[],
  change?: (sheet: ExcelJS.Worksheet) => void,
): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Lớp 11A1');
  rows.forEach((row, i) => {
    row.forEach((value, j) => {
      sheet.getCell(i + 1, j + 1).value = value;
    });
  });
  change?.(sheet);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/**
 * `status code@cell …` of a row, short enough to compare at a glance. Throws when a problem has no sentence, or
 * lacks a value that its sentence names.
 */
export function verdict({ status, problems }: Pick<ImportRow, 'status' | 'problems'>): string {
  for (const { code, values } of problems) {
    for (const text of Object.values(MESSAGES[code] ?? { vi: '{sentence}' })) {
      const missing = [...text.matchAll(/\{(\w+)\}/g)].filter(
        ([, name]) => !Object.hasOwn(values, name ?? ''),
      );
      if (missing.length > 0) throw new Error(`${code} lacks ${missing.join(' ')}`);
    }
  }
  const found = problems.map(({ code, cell, line }) => `${code}@${cell ?? line ?? ''}`);
  return [status, ...found].join(' ');
}

/** A 1×1 PNG. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
