import { describe, expect, it } from 'vitest';
import {
  readWorkbook,
  type ImportedItem,
  type ImportRow,
  type QuestionColumnId,
  type QuestionOptions,
} from '#bank/formats';
import { formulaFault } from '#bank/item/math';
import { CHOICE, COLUMN_OF, PNG, verdict, workbookOf, type RowCells } from './support.ts';

async function read(rows: readonly RowCells[], options?: QuestionOptions): Promise<ImportRow[]> {
  return (await readWorkbook(await workbookOf(rows), options)).rows;
}

async function readOne(row: RowCells, options?: QuestionOptions): Promise<ImportRow> {
  const [first] = await read([{ ...CHOICE, ...row }], options);
  if (!first) throw new Error('no row was read');
  return first;
}

async function itemOf(row: RowCells): Promise<ImportedItem> {
  const { item, ...rest } = await readOne(row);
  if (!item) throw new Error(`refused: ${verdict(rest)}`);
  return item;
}

const cellOf = (id: QuestionColumnId) => `${String.fromCodePoint(64 + COLUMN_OF[id])}2`;

const text = (v: string) => [[{ t: 'text', v }]];

describe('kinds', () => {
  it('reads a single choice by letter', async () => {
    expect(await readOne({})).toEqual({
      row: 2,
      cell: 'A2',
      status: 'ok',
      problems: [],
      code: 'C1',
      item: {
        code: 'C1',
        kind: 'choice',
        topic: 'Dao động',
        level: 'KNOW',
        content: {
          kind: 'choice',
          stem: text('Đơn vị của tần số là gì?'),
          options: [
            { id: 'a', text: text('giây') },
            { id: 'b', text: text('héc') },
          ],
          shuffle: true,
        },
        key: { correct: ['b'] },
      },
    });
  });

  it('reads the key of a choice by the text of an option', async () => {
    expect((await itemOf({ key: 'héc' })).key).toEqual({ correct: ['b'] });
  });

  it.each(['A;C', 'A, C', 'ac', 'c a', 'A và C'])(
    'reads the key “%s” of a multiple response',
    async (key) => {
      const item = await itemOf({ kind: 'Nhiều lựa chọn', optionC: 'vòng', key });
      expect(item.key).toEqual({ correct: ['a', 'c'], scheme: 'allOrNothing' });
    },
  );

  it('knows right minus wrong as a kind of its own', async () => {
    const item = await itemOf({ kind: 'nhiều lựa chọn (trừ phần sai)', key: 'AB' });
    expect(item.key).toEqual({ correct: ['a', 'b'], scheme: 'rightMinusWrong' });
  });

  it.each(['ĐSĐĐ', 'đ s đ đ', 'Đúng, Sai, Đúng, Đúng', 'TFTT', '1011', 1011, 'Đ;S;Đ;Đ', 'DSDD'])(
    'reads the key “%s” of a true/false cluster',
    async (key) => {
      const item = await itemOf({ kind: 'Đúng–Sai', optionC: 'ba', optionD: 'bốn', key });
      expect(item.key).toEqual({ truth: { a: true, b: false, c: true, d: true } });
    },
  );

  it.each([
    ['đúng hết', { scheme: 'allOrNothing' }],
    ['Đúng trừ sai', { scheme: 'rightMinusWrong' }],
    ['surplus deducted', { scheme: 'surplus' }],
    ['trọng số', { scheme: 'weights' }],
    ['trọng số; A=1/2; c = 50%; B=-1/3', { scheme: 'weights', weights: { a: '1/2', c: '50%', b: '-1/3' } }],
  ])('reads the scheme of a multiple response from %j', async (scoring, expected) => {
    const row = { kind: 'Nhiều lựa chọn', optionC: 'lít', optionD: 'mol', key: 'A;C', scoring };
    expect((await itemOf(row)).key).toEqual({ correct: ['a', 'c'], ...expected });
  });

  it.each([
    ['tuỳ hứng', 'refused scoring-unreadable@S2'],
    ['trọng số; A=x', 'refused item-weight@S2'],
    ['đúng trừ sai', 'warning item-pays-for-all@O2'],
    ['trọng số; A=1/3; C=1/3; B=-1', 'warning item-weights-short@O2'],
  ])('of the scoring %j says %j', async (scoring, expected) => {
    const row = { kind: 'Nhiều lựa chọn', optionC: 'lít', key: 'A;C', scoring };
    const place = (text: string) => text.replace('S2', cellOf('scoring')).replace('O2', cellOf('key'));
    expect(verdict(await readOne(row))).toBe(place(expected));
  });

  it('reads ranges, relative tolerance, and how a number is typed and rounded', async () => {
    const row = { kind: 'Trả lời số', optionA: null, optionB: null };
    const range = await itemOf({ ...row, key: '2,4..2,6|5', tolerance: '2%' });
    expect(range.key).toEqual({ value: '2.4', upTo: '2.6', alternatives: ['5'], tolerance: '2%' });
    const scoring = 'Phiếu bốn ô; làm tròn 3 chữ số có nghĩa';
    expect(await itemOf({ ...row, key: '3,14', scoring })).toMatchObject({
      content: { entry: 'sheet' },
      key: { value: '3.14', round: { digits: 3 } },
    });
    const long = await readOne({ ...row, key: '3,14159', scoring });
    expect(verdict(long)).toBe(`refused item-numeric-sheet@${cellOf('key')}`);
  });

  it('reads patterns, and what does not count in a short text', async () => {
    const row = { kind: 'Trả lời chữ', optionA: null, optionB: null, key: 'kỳ' };
    const item = await itemOf({
      ...row,
      patterns: '*điều hoà*|dao ?ộng',
      expressions: 'giao\\s*thoa|nhiễu xạ\n\n(nút|bụng) sóng',
      scoring: 'i như y; bỏ qua dấu thanh',
    });
    expect(item.key).toEqual({
      accepted: ['kỳ'],
      patterns: ['*điều hoà*', 'dao ?ộng'],
      expressions: ['giao\\s*thoa|nhiễu xạ', '(nút|bụng) sóng'],
      folds: ['tones', 'iy'],
    });
    const refused = await readOne({ ...row, expressions: '(?=a)b' });
    expect(verdict(refused)).toBe(`refused item-expression@${cellOf('expressions')}`);
  });

  it('gives back the zeros that Excel took from a numeric key', async () => {
    const item = await itemOf({ kind: 'Đúng–Sai', optionC: 'ba', optionD: 'bốn', key: 11 });
    expect(item.key).toEqual({ truth: { a: false, b: false, c: true, d: true } });
  });

  it.each([
    ['2,5', '2.5'],
    ['2.50', '2.5'],
    ['−0,50', '-0.5'],
    [2.5, '2.5'],
    ['12 345', '12345'],
  ])('reads the number %s', async (key, value) => {
    const item = await itemOf({ kind: 'Trả lời số', optionA: null, optionB: null, key });
    expect(item.key).toEqual({ value });
  });

  it('reads tolerance, unit and equivalent numbers', async () => {
    const item = await itemOf({
      kind: 'Trả lời ngắn',
      optionA: null,
      optionB: null,
      key: '2,5 | -2,5',
      tolerance: '0,01',
      unit: 'm/s',
    });
    expect(item.content).toMatchObject({ kind: 'numeric', unit: 'm/s' });
    expect(item.key).toEqual({ value: '2.5', tolerance: '0.01', alternatives: ['-2.5'] });
  });

  it('reads accepted texts', async () => {
    const item = await itemOf({
      kind: 'Trả lời chữ',
      optionA: null,
      optionB: null,
      key: 'Niu-tơn | Newton',
    });
    expect(item.key).toEqual({ accepted: ['Niu-tơn', 'Newton'] });
  });

  it('reads pairs and extra right sides', async () => {
    const item = await itemOf({
      kind: 'Ghép đôi',
      optionA: 'Chu kì => giây',
      optionB: 'Tần số → héc ($x => y$)',
      optionC: '=> jun',
      key: null,
    });
    expect(item.content).toMatchObject({
      prompts: [
        { id: 'a', text: text('Chu kì') },
        { id: 'b', text: text('Tần số') },
      ],
      choices: [{ id: '1', text: text('giây') }, { id: '2' }, { id: '3', text: text('jun') }],
    });
    expect(item.key).toEqual({ pairs: { a: '1', b: '2' } });
  });

  it('joins questions to a description wherever it stands in the file', async () => {
    const rows = await read([
      { ...CHOICE, stimulus: 'P1' },
      { ...CHOICE, code: 'P1', kind: 'Đoạn dẫn', level: null, optionA: null, optionB: null, key: null },
    ]);
    expect(rows.map(verdict)).toEqual(['ok', 'ok']);
    expect(rows[0]?.item?.stimulus).toBe('P1');
    expect(rows[1]?.item?.kind).toBe('description');
  });

  it('keeps options in place as the shuffle column says', async () => {
    expect((await itemOf({ shuffle: 'Không' })).content).toMatchObject({ shuffle: false });
    const { content } = await itemOf({ optionC: 'Cả A và B', shuffle: 'Có, giữ C' });
    expect(content).toMatchObject({ shuffle: true, options: [{}, {}, { id: 'c', fixed: true }] });
  });
});

describe('texts', () => {
  it('reads markup, formulas and line breaks', async () => {
    const { content } = await itemOf({ stem: 'Cho H<sub>2</sub>O\nvà $x^2$' });
    expect(content.stem).toEqual([
      [
        { t: 'text', v: 'Cho H' },
        { t: 'text', v: '2', sub: true },
        { t: 'text', v: 'O' },
      ],
      [
        { t: 'text', v: 'và ' },
        { t: 'math', tex: 'x^2' },
      ],
    ]);
  });

  it('reads the runs of Excel, but not inside formulas', async () => {
    const stem = {
      richText: [
        { text: 'a = 16 m/s' },
        { text: '2', font: { vertAlign: 'superscript' as const } },
        { text: ' và $x', font: { bold: true } },
        { text: '^2$', font: { bold: true, italic: true } },
      ],
    };
    const { content } = await itemOf({ stem });
    expect(content.stem).toEqual([
      [
        { t: 'text', v: 'a = 16 m/s' },
        { t: 'text', v: '2', sup: true },
        { t: 'text', v: ' và ', b: true },
        { t: 'math', tex: 'x^2' },
      ],
    ]);
  });

  it('composes decomposed letters', async () => {
    const { topic } = await itemOf({ topic: 'Dao động'.normalize('NFD') });
    expect(topic).toBe('Dao động');
  });

  it('takes a picture to its marker', async () => {
    const bytes = await workbookOf(
      [{ ...CHOICE, stem: 'Đồ thị [ảnh: đường sin] có chu kì' }],
      (sheet, book) => {
        const id = book.addImage({ base64: PNG.toString('base64'), extension: 'png' });
        sheet.addImage(id, { tl: { col: COLUMN_OF.stem - 1, row: 1 }, ext: { width: 20, height: 20 } });
      },
    );
    const [row] = (await readWorkbook(bytes)).rows;
    expect(row?.status).toBe('ok');
    expect(row?.item?.content.stem).toEqual([
      [
        { t: 'text', v: 'Đồ thị ' },
        { t: 'image', mime: 'image/png', data: PNG.toString('base64'), alt: 'đường sin' },
        { t: 'text', v: ' có chu kì' },
      ],
    ]);
  });

  it('describes a picture that nobody described, and says so', async () => {
    const bytes = await workbookOf([CHOICE], (sheet, book) => {
      const id = book.addImage({ base64: PNG.toString('base64'), extension: 'png' });
      sheet.addImage(id, { tl: { col: COLUMN_OF.optionB - 1, row: 1 }, ext: { width: 20, height: 20 } });
    });
    const [row] = (await readWorkbook(bytes)).rows;
    expect(row && verdict(row)).toBe('warning image-no-text@H2');
    expect(row?.item?.content).toMatchObject({ options: [{}, { text: [[{ v: 'héc' }], [{ t: 'image' }]] }] });
  });

  it('refuses pictures of another type, missing ones and heavy ones', async () => {
    const heavy = Buffer.concat([PNG, Buffer.alloc(300_000)]);
    const bytes = await workbookOf(
      [CHOICE, { ...CHOICE, code: 'C2' }, { ...CHOICE, code: 'C3', stem: 'Hình [ảnh: không có]' }],
      (sheet, book) => {
        for (const [i, data] of [Buffer.from('GIF89a nothing'), heavy].entries()) {
          const id = book.addImage({ base64: data.toString('base64'), extension: 'png' });
          sheet.addImage(id, { tl: { col: COLUMN_OF.stem - 1, row: i + 1 }, ext: { width: 9, height: 9 } });
        }
      },
    );
    const { rows } = await readWorkbook(bytes);
    expect(
      rows.map((row) => row.problems.filter((p) => p.severity === 'refused').map((p) => p.code)),
    ).toEqual([['image-type'], ['image-too-large'], ['image-missing']]);
  });
});

describe('headers', () => {
  it('finds them in English, without accents, below a title, in another order', async () => {
    const bytes = await workbookOf([], (sheet) => {
      sheet.spliceRows(1, 1);
      sheet.getCell('A1').value = 'NGÂN HÀNG CÂU HỎI VẬT LÍ 11';
      sheet.mergeCells('A1:H1');
      sheet.getRow(3).values = [
        'KEY',
        'Topic',
        'muc do',
        'DANG CAU',
        'Ma cau',
        'noi dung',
        'a',
        'Option B',
        'x',
      ];
      sheet.getRow(4).values = ['B', 'Sóng', 'NB', 'MC', 'S1', 'Sóng là gì?', 'một', 'hai', 'ghi thêm'];
    });
    const { rows } = await readWorkbook(bytes);
    expect(rows.map(verdict)).toEqual(['ok']);
    expect(rows[0]).toMatchObject({ row: 4, item: { code: 'S1', level: 'KNOW', key: { correct: ['b'] } } });
  });

  it('takes the sheet whose headers fit when none has the usual name', async () => {
    const bytes = await workbookOf([CHOICE], (sheet, book) => {
      sheet.name = 'Trang tính 2';
      book.addWorksheet('Bìa').getCell('A1').value = 'Bìa';
    });
    expect((await readWorkbook(bytes)).rows).toHaveLength(1);
  });

  it('names the headers that are missing', async () => {
    const bytes = await workbookOf([CHOICE], (sheet) => {
      sheet.getCell(1, COLUMN_OF.key).value = 'Gì đó';
      sheet.getCell(1, COLUMN_OF.level).value = null;
    });
    await expect(readWorkbook(bytes)).rejects.toMatchObject({
      code: 'file-header-missing',
      values: { headers: '“Mức độ”, “Đáp án”', sheet: 'Câu hỏi' },
    });
  });

  it('refuses a header that stands twice, and a sheet without rows', async () => {
    const twice = await workbookOf([CHOICE], (sheet) => {
      sheet.getCell(1, 30).value = 'ĐÁP ÁN';
    });
    await expect(readWorkbook(twice)).rejects.toMatchObject({
      code: 'file-header-twice',
      values: { cell: 'AD1' },
    });
    await expect(readWorkbook(await workbookOf([]))).rejects.toMatchObject({ code: 'file-no-rows' });
  });
});

describe('bad rows', () => {
  it.each<[string, RowCells, string]>([
    ['no code', { code: null }, 'refused code-missing@A2'],
    ['no kind', { kind: null }, 'refused kind-missing@B2'],
    ['unknown kind', { kind: 'Vấn đáp' }, 'refused kind-unknown@B2'],
    ['no topic', { topic: null }, 'refused topic-missing@C2'],
    ['unknown topic', { topic: 'Quang học' }, 'refused topic-unknown@C2'],
    ['no level', { level: null }, 'refused level-missing@D2'],
    ['unknown level', { level: 'Khó' }, 'refused level-unknown@D2'],
    ['no stem', { stem: null }, 'refused item-stem-empty@F2'],
    ['no key', { key: null }, 'refused item-key-missing@O2'],
    ['key without option', { key: 'D' }, 'refused key-no-option@O2'],
    ['unreadable key', { key: 'câu trên' }, 'refused key-unreadable@O2'],
    ['two keys', { key: 'A;B' }, 'refused item-choice-several-keys@O2'],
    ['gap in options', { optionD: 'bốn' }, 'refused option-gap@I2'],
    ['equal options', { optionB: 'giây', key: 'A' }, 'refused item-part-duplicate@H2'],
    ['one option', { optionB: null, key: 'A' }, 'refused item-options-too-few@F2'],
    ['bad formula', { optionA: '$\\frac{1$' }, 'refused item-formula@G2'],
    ['lone dollar', { optionA: 'giá 5$' }, 'warning cell-dollar@G2'],
    ['unused cells', { unit: 'm' }, 'warning cell-ignored@Q2'],
    ['bad shuffle', { shuffle: 'tuỳ' }, 'refused shuffle-unreadable@R2'],
    ['unknown description', { stimulus: 'P9' }, 'refused stimulus-unknown@E2'],
    ['formula', { optionA: { formula: 'A1&"x"', result: 'x' } }, 'refused cell-formula@G2'],
    ['error', { optionB: { error: '#REF!' } }, 'refused cell-error@H2'],
    ['date', { optionA: new Date(Date.UTC(2024, 4, 3)) }, 'refused cell-date@G2'],
    ['fraction', { optionA: 0.5 }, 'warning cell-number@G2'],
    ['long text', { stem: 'x'.repeat(20_001) }, 'refused cell-too-long@F2'],
    ['bad number', { kind: 'Số', optionA: null, optionB: null, key: 'hai' }, 'refused item-numeric-key@O2'],
    ['short cluster', { kind: 'ĐS', key: 'ĐS' }, 'refused item-cluster-size@F2'],
    ['cluster key', { kind: 'ĐS', optionC: 'c', optionD: 'd', key: 'ĐSĐ' }, 'refused key-unreadable@O2'],
  ])('%s', async (_name, change, expected) => {
    expect(verdict(await readOne(change, { topics: ['Dao động', 'Sóng'], checkFormula: formulaFault }))).toBe(
      expected,
    );
  });

  it('refuses merged cells in every row they cover, naming the area', async () => {
    const bytes = await workbookOf(
      [CHOICE, { ...CHOICE, code: 'C2' }, { ...CHOICE, code: 'C3' }],
      (sheet) => {
        sheet.mergeCells('C2:C3');
      },
    );
    const { rows } = await readWorkbook(bytes);
    expect(rows.map(verdict)).toEqual(['refused cell-merged@C2', 'refused cell-merged@C3', 'ok']);
    expect(rows[0]?.problems[0]?.values['area']).toBe('C2:C3');
  });

  it('refuses a repeated code and names the first cell', async () => {
    const rows = await read([CHOICE, { ...CHOICE, stem: 'Câu khác' }]);
    expect(rows.map(verdict)).toEqual(['ok', 'refused code-repeated@A3']);
    expect(rows[1]?.problems[0]?.values).toMatchObject({ code: 'C1', first: 'A2' });
  });

  it('refuses questions of a description that is refused', async () => {
    const rows = await read([
      { ...CHOICE, code: 'P1', kind: 'Đoạn dẫn', stem: null },
      { ...CHOICE, stimulus: 'P1' },
    ]);
    expect(rows[1] && verdict(rows[1])).toBe('refused stimulus-refused@E3');
  });

  it('reports every fault of a row, not only the first', async () => {
    const row = await readOne({ topic: null, level: 'Khó', key: 'Z' });
    expect(row.problems.map(({ code }) => code)).toEqual([
      'topic-missing',
      'level-unknown',
      'key-unreadable',
    ]);
    expect(row.item).toBeUndefined();
  });
});

it('reads 5,000 rows, telling progress', async () => {
  const rows = Array.from({ length: 5_000 }, (_, i) => ({
    ...CHOICE,
    code: `C${i}`,
    stem: `Câu số ${i}: $x_{${i}}$`,
  }));
  const bytes = await workbookOf(rows);
  const told: number[] = [];
  const result = await readWorkbook(bytes, { progress: (done, total) => told.push(done / total) });
  expect(result.rows.filter(({ status }) => status === 'ok')).toHaveLength(5_000);
  expect(told.length).toBeGreaterThan(10);
  expect(told.at(-1)).toBe(1);
});
