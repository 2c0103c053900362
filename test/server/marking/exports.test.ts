import { parse } from 'csv-parse/sync';
import ExcelJS, { type Worksheet } from 'exceljs';
import { describe, expect, it } from 'vitest';
import type { ResultTable } from '#bank/protocol';
import { writeCsv } from '../../../server/marking/export-csv.ts';
import { writeXlsx } from '../../../server/marking/export-xlsx.ts';

const id = (n: number) => String(n).padStart(22, 'A');
const NOW = Date.UTC(2026, 4, 31, 20, 0);
const TABLE: ResultTable = {
  exam: {
    id: id(0),
    title: 'Kiểm tra học kì I – Vật lí 11',
    code: '7K3M9Q',
    state: 'graded',
    policy: 'vn-thpt-2025',
    startsAt: Date.UTC(2026, 4, 31, 18, 30),
    candidateCount: 3,
    max: 1000,
  },
  parts: [
    { title: 'Phần I', max: 450 },
    { title: 'Phần II', max: 400 },
    { title: '', max: 150 },
  ],
  rows: [
    {
      attempt: id(1),
      number: '0101',
      name: 'Nguyễn Thị Ánh',
      class: '11A1',
      birthDate: '2009-03-07',
      marks: { parts: [425, 310, 90], total: 825, rounded: 825 },
    },
    { attempt: id(2), number: '0102', name: '=HYPERLINK("http://x","y")', marks: null },
    { attempt: id(3), number: '-0103', name: 'Lê, "Tèo"', marks: { parts: [5, 0, 0], total: 5, rounded: 5 } },
  ],
};

async function open(table: ResultTable): Promise<Worksheet> {
  const workbook = new ExcelJS.Workbook();
  await workbook.xlsx.load((await writeXlsx(table, NOW)).buffer as ArrayBuffer);
  const sheet = workbook.worksheets[0];
  if (!sheet) throw new Error('no sheet');
  return sheet;
}

function rowTexts(sheet: Worksheet, row: number): string[] {
  const texts: string[] = [];
  sheet.getRow(row).eachCell({ includeEmpty: true }, (cell) => texts.push(cell.text));
  return texts;
}

describe('writeCsv', () => {
  const text = Buffer.from(writeCsv(TABLE)).toString('utf8');

  it('opens in a spreadsheet: byte order mark, commas, CRLF, Vietnamese headers', () => {
    expect(
      text.startsWith('\ufeffSTT,SBD,Họ và tên,Ngày sinh,Lớp,Phần I,Phần II,Phần 3,Tổng điểm,Ghi chú\r\n'),
    ).toBe(true);
    expect(text.endsWith('\r\n')).toBe(true);
  });

  it('keeps every value, and lets no text run as a formula', () => {
    const rows: string[][] = parse(text, { bom: true, from: 2 });
    expect(rows).toEqual([
      ['1', '0101', 'Nguyễn Thị Ánh', '07/03/2009', '11A1', '4.25', '3.10', '0.90', '8.25', ''],
      ['2', '0102', `'=HYPERLINK("http://x","y")`, '', '', '', '', '', '', 'Vắng'],
      ['3', `'-0103`, 'Lê, "Tèo"', '', '', '0.05', '0.00', '0.00', '0.05', ''],
    ]);
  });

  it.each(['+1', '@SUM(A1)', '\tx', '＝1'])('disarms %j', (name) => {
    const csv = Buffer.from(
      writeCsv({ ...TABLE, rows: [{ attempt: id(1), number: '1', name, marks: null }] }),
    );
    expect(csv.toString('utf8')).toContain(`'${name}`);
  });
});

it('names the form of each candidate where they have any', () => {
  const rows = TABLE.rows.map((row, index) => ({ ...row, ...(index === 0 && { form: '0101' }) }));
  const lines = Buffer.from(writeCsv({ ...TABLE, rows }))
    .toString('utf8')
    .split('\r\n');
  expect(lines[0]).toContain('Lớp,Mã đề,Phần I');
  expect(lines[1]).toContain('11A1,0101,');
});

describe('writeXlsx', () => {
  it('is a mark sheet with title, exam, date, header and signatures', async () => {
    const sheet = await open(TABLE);
    const all = Array.from({ length: sheet.rowCount }, (_, i) => rowTexts(sheet, i + 1).join('|')).join('\n');
    for (const expected of [
      'BẢNG ĐIỂM',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Kiểm tra học kì I – Vật lí 11',
      'Mã kỳ thi: 7K3M9Q – Ngày thi: 01/06/2026 – Thang điểm: 10,00',
      'Danh sách có 3 thí sinh; dự thi: 2; vắng: 1.',
      'ngày 01 tháng 06 năm 2026',
      'NGƯỜI LẬP BẢNG',
      'HIỆU TRƯỞNG',
    ]) {
      expect(all).toContain(expected);
    }
    expect(rowTexts(sheet, 8)).toEqual(
      'STT,SBD,Họ và tên,Ngày sinh,Lớp,Phần I,Phần II,Phần 3,Tổng điểm,Ghi chú'.split(','),
    );
  });

  it('holds marks as numbers, candidate numbers as text, and no formula', async () => {
    const sheet = await open(TABLE);
    expect(sheet.getRow(9).getCell(2).value).toBe('0101');
    expect(sheet.getRow(9).getCell(9).value).toBe(8.25);
    expect(sheet.getRow(9).getCell(9).numFmt).toBe('0.00');
    expect(sheet.getRow(10).getCell(3).value).toBe('=HYPERLINK("http://x","y")');
    const types: number[] = [];
    sheet.eachRow((row) => row.eachCell((cell) => types.push(cell.type)));
    expect(types).not.toContain(ExcelJS.ValueType.Formula);
    expect(types).not.toContain(ExcelJS.ValueType.Hyperlink);
  });

  it('leaves out what nobody has, and the parts of a paper with one part', async () => {
    const bare: ResultTable = {
      ...TABLE,
      parts: [{ title: 'Bài làm', max: 1000 }],
      rows: [
        { attempt: id(1), number: '1', name: 'An', marks: { parts: [1000], total: 1000, rounded: 1000 } },
      ],
    };
    expect(rowTexts(await open(bare), 8)).toEqual(['STT', 'SBD', 'Họ và tên', 'Tổng điểm', 'Ghi chú']);
  });
});
