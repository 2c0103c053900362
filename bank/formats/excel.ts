import type { Workbook } from 'exceljs';

/**
 * A new workbook. Of exceljs only this part is loaded, and only when it is needed: the whole takes twice as long and
 * brings readers of streams, which make code from strings.
 */
export async function newWorkbook(): Promise<Workbook> {
  const { default: Workbook } = await import('exceljs/lib/doc/workbook.js');
  return new Workbook();
}
