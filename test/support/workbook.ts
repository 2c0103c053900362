import ExcelJS, { type CellValue, type Worksheet } from 'exceljs';

/** A workbook of one sheet with these rows, the first being the headers; `change` does to it what people do. */
export async function workbookOf(
  rows: readonly (readonly CellValue[])[],
  change: (sheet: Worksheet) => void = () => undefined,
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('Trang 1');
  sheet.addRows(rows.map((cells) => [...cells]));
  change(sheet);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
