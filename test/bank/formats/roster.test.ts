import { describe, expect, it } from 'vitest';
import { readRoster } from '#bank/formats';
import { sheetOf, verdict } from './support.ts';

const HEADERS = ['STT', 'SBD', 'Họ và tên', 'Lớp', 'Ngày sinh', 'Mã học sinh'];

async function read(rows: readonly (readonly (string | number | Date | null)[])[]) {
  return (await readRoster(await sheetOf([HEADERS, ...rows]), 'lop.xlsx')).rows;
}

it('reads a class list with a title, dates and codes', async () => {
  const bytes = await sheetOf(
    [
      ['SỞ GIÁO DỤC VÀ ĐÀO TẠO'],
      ['DANH SÁCH LỚP 11A1'],
      [],
      ['STT', 'sbd', 'HỌ VÀ TÊN', 'lop', 'Ngày sinh', 'Mã HS'],
      [1, '001', 'Nguyễn  Văn An', '11A1', new Date(Date.UTC(2009, 8, 5)), 2_412_345_678],
      [2, '002', 'Trần Thị Bình'.normalize('NFD'), '11A1', '6/9/2009', '2412345679'],
      [null, null, null],
      [null, null, null, 'Ấn định danh sách này có 2 học sinh'],
    ],
    (sheet) => {
      sheet.mergeCells('A1:C1');
      sheet.mergeCells('A2:F2');
    },
  );
  const { format, rows } = await readRoster(bytes, 'lop.xlsx');
  expect(format).toBe('workbook');
  expect(rows.map(({ person }) => person)).toEqual([
    {
      number: '001',
      name: 'Nguyễn Văn An',
      class: '11A1',
      birthDate: '2009-09-05',
      studentCode: '2412345678',
    },
    {
      number: '002',
      name: 'Trần Thị Bình',
      class: '11A1',
      birthDate: '2009-09-06',
      studentCode: '2412345679',
    },
    undefined,
  ]);
  expect(rows[2] && verdict(rows[2])).toBe('warning roster-row-ignored@B8');
});

it('joins a name in two columns, and shows the zeros of a number format', async () => {
  const bytes = await sheetOf(
    [
      ['Số báo danh', 'Họ và tên đệm', 'Tên'],
      [7, 'Lê Hoàng', 'Nam'],
    ],
    (sheet) => {
      sheet.getCell('A2').numFmt = '000000';
    },
  );
  const { rows } = await readRoster(bytes, 'lop.xlsx');
  expect(rows[0]?.person).toEqual({ number: '000007', name: 'Lê Hoàng Nam' });
});

it('reads CSV', async () => {
  const text = 'SBD,Họ và tên,Ngày sinh\n001,Nguyễn Văn An,2009-09-05\n001,Lê Bình,05.09.2009\n';
  const { format, rows } = await readRoster(Buffer.from(text), 'lop.csv');
  expect(format).toBe('csv');
  expect(rows.map(verdict)).toEqual(['ok', 'refused roster-number-repeated@A3']);
  expect(rows[1]).toMatchObject({ line: 3, problems: [{ values: { number: '001', first: 'A2' } }] });
});

describe('extra time', () => {
  const list = (text: string) => Buffer.from(`SBD,Họ và tên,Thêm giờ\n001,Nguyễn Văn An,"${text}"\n`);
  it.each<[string, object]>([
    ['×1,25', { percent: 25 }],
    ['x1.5', { percent: 50 }],
    ['X 2', { percent: 100 }],
    ['+25%', { percent: 25 }],
    ['0.5', { percent: 50 }],
    ['15 phút', { minutes: 15 }],
    ['+10 min', { minutes: 10 }],
  ])('is read from %s', async (text, extraTime) => {
    const { rows } = await readRoster(list(text), 'lop.csv');
    expect(rows[0]?.person).toEqual({ number: '001', name: 'Nguyễn Văn An', extraTime });
  });

  it.each(['2', '15', 'x3', '0 phút', '101%', '300 phút', '×0,5', 'có', '-10 min'])(
    'is not guessed from %s: the row is refused',
    async (text) => {
      const { rows } = await readRoster(list(text), 'lop.csv');
      expect(rows.map(verdict)).toEqual(['refused roster-extra-time@C2']);
    },
  );
});

describe('bad rows', () => {
  it.each<[string, (string | number | Date | null)[], string]>([
    ['no number', [1, null, 'Lê An'], 'refused roster-number-missing@B2'],
    ['bad number', [1, 'số 1', 'Lê An'], 'refused roster-number-invalid@B2'],
    ['no name', [1, '001', null], 'refused roster-name-missing@C2'],
    ['digits in a name', [1, '001', 'Lê An 2'], 'refused roster-name-invalid@C2'],
    ['two names with ;', [1, '001', 'Lê An; Trần Bình'], 'refused roster-name-double@C2'],
    ['two names on two lines', [1, '001', 'Lê Văn An\nTrần Thị Bình'], 'refused roster-name-double@C2'],
    ['two names with “và”', [1, '001', 'Lê An và Trần Bình'], 'refused roster-name-double@C2'],
    ['two full names', [1, '001', 'Nguyễn Văn An Trần Thị Bình'], 'refused roster-name-double@C2'],
    ['two short full names', [1, '001', 'Lê An Trần Thị Bình'], 'refused roster-name-double@C2'],
    ['a long name', [1, '001', 'Công Tằng Nữ Bảo Quỳnh Như'], 'warning roster-name-doubtful@C2'],
    ['bad date', [1, '001', 'Lê An', '11A1', '31/02/2009'], 'warning roster-date@E2'],
    ['long class', [1, '001', 'Lê An', 'x'.repeat(41)], 'refused roster-text-long@D2'],
  ])('%s', async (_name, row, expected) => {
    const [first] = await read([row]);
    expect(first && verdict(first)).toBe(expected);
  });

  it.each([
    'Nguyễn Trần Bảo Ngọc',
    'Lê Hoàng Nguyễn Anh',
    'Y Bhăm Niê-Kđăm',
    'Phạm Nguyễn Ngọc Minh Châu',
    "H'Hen Niê",
    'Nguyễn Lê Thị Minh Anh',
    'Nguyễn Hoàng Lê Minh Anh',
  ])('takes the name %s for one person', async (name) => {
    const [first] = await read([[1, '001', name]]);
    expect(first?.person?.name).toBe(name);
  });

  it('refuses formulas and merged cells', async () => {
    const bytes = await sheetOf(
      [
        HEADERS,
        [1, { formula: 'TEXT(ROW(),"000")', result: '001' }, 'Lê An'],
        [2, '002', 'Lê Bình'],
        [3, '003'],
      ],
      (sheet) => sheet.mergeCells('C3:C4'),
    );
    const { rows } = await readRoster(bytes, 'lop.xlsx');
    expect(rows.map(verdict)).toEqual([
      'refused cell-formula@B2',
      'refused cell-merged@C3',
      'refused cell-merged@C4',
    ]);
  });

  it('never repeats a name in a problem', async () => {
    const rows = await read([[1, '001', 'Lê An; Trần Bình']]);
    expect(JSON.stringify(rows[0]?.problems)).not.toContain('Trần');
  });
});

it('names the missing header', async () => {
  const noNumber = await sheetOf([
    ['STT', 'Họ và tên'],
    [1, 'Lê An'],
  ]);
  await expect(readRoster(noNumber, 'x.xlsx')).rejects.toMatchObject({
    values: { headers: '“Số báo danh”' },
  });
  const noName = await sheetOf([
    ['SBD', 'Lớp'],
    ['1', '11A1'],
  ]);
  await expect(readRoster(noName, 'x.xlsx')).rejects.toMatchObject({ values: { headers: '“Họ và tên”' } });
});
