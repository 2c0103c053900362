import type ExcelJS from 'exceljs';
import { columnName } from './sheet.ts';
import { KIND_CHOICES, LEVEL_CHOICES, SHUFFLE_WORDS } from './workbook-columns.ts';

const LISTS_SHEET = 'Danh mục';

/** Formulas of the ranges that hold the words to choose from. */
interface Lists {
  kinds: string;
  levels: string;
  shuffle: string;
}

/** Adds the sheet of words that the lists in the question sheet offer. */
export function addListsSheet(workbook: ExcelJS.Workbook): Lists {
  const sheet = workbook.addWorksheet(LISTS_SHEET);
  const add = (column: number, header: string, words: readonly string[]): string => {
    sheet.getColumn(column).width = 36;
    sheet.getCell(1, column).value = header;
    sheet.getCell(1, column).font = { bold: true };
    words.forEach((word, i) => {
      sheet.getCell(i + 2, column).value = word;
    });
    const letter = columnName(column);
    return `'${LISTS_SHEET}'!$${letter}$2:$${letter}$${words.length + 1}`;
  };
  return {
    kinds: add(
      1,
      'Dạng câu',
      KIND_CHOICES.map((choice) => choice.vi),
    ),
    levels: add(
      2,
      'Mức độ',
      LEVEL_CHOICES.map((choice) => choice.vi),
    ),
    shuffle: add(3, 'Trộn phương án', [SHUFFLE_WORDS.yes[0], SHUFFLE_WORDS.no[0]]),
  };
}

/** exceljs has this member, but not in its types. */
interface WithValidations {
  dataValidations: { add(range: string, rule: ExcelJS.DataValidation): void };
}

/** Offers a list in the rows of a column below its header; `warning` lets other words pass. */
export function validateColumn(
  sheet: ExcelJS.Worksheet,
  column: number,
  lastRow: number,
  list: string,
  style: 'stop' | 'warning' = 'stop',
): void {
  const letter = columnName(column);
  (sheet as ExcelJS.Worksheet & WithValidations).dataValidations.add(`${letter}2:${letter}${lastRow}`, {
    type: 'list',
    allowBlank: true,
    formulae: [list],
    showErrorMessage: true,
    errorStyle: style,
    errorTitle: 'Chưa đúng',
    error: 'Hãy chọn một mục trong danh sách.',
  });
}
