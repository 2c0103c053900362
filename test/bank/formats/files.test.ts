import { describe, expect, it } from 'vitest';
import { readQuestions, readRoster } from '#bank/formats';
import { CHOICE, workbookOf } from './support.ts';
import { bareWorkbook, zipOf, type Part } from './zip.ts';

const refusal = async (bytes: Uint8Array, name = 'x.xlsx'): Promise<unknown> => {
  try {
    await readQuestions(bytes, name);
    return 'accepted';
  } catch (error) {
    return error;
  }
};

describe('wrong files', () => {
  it.each<[string, Buffer, string, object]>([
    ['nothing', Buffer.alloc(0), 'file-empty', {}],
    ['PDF', Buffer.from('%PDF-1.7 …'), 'file-type', { found: 'PDF' }],
    ['picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'file-type', { found: 'JPEG' }],
    ['old Excel', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1]), 'file-old-excel', {}],
    [
      'Word',
      zipOf([{ name: 'word/document.xml', data: Buffer.from('<x/>') }]),
      'file-type',
      { found: 'Word (.docx)' },
    ],
    ['zip', zipOf([{ name: 'a.txt', data: Buffer.from('x') }]), 'file-type', { found: 'ZIP' }],
    ['half a zip', Buffer.from('PK\x03\x04 cut'), 'file-damaged', {}],
    ['broken XML', zipOf([{ name: 'xl/workbook.xml', data: Buffer.from('<workbook') }]), 'file-damaged', {}],
  ])('%s', async (_name, bytes, code, values) => {
    expect(await refusal(bytes)).toMatchObject({ code, values });
  });

  it('tells a class list of a wrong type too', async () => {
    await expect(readRoster(Buffer.from('%PDF-1.7'), 'lop.xlsx')).rejects.toMatchObject({
      code: 'file-type',
    });
  });

  it('refuses a workbook cut off in the middle', async () => {
    const bytes = await workbookOf([CHOICE]);
    expect(await refusal(bytes.subarray(0, bytes.length - 400))).toMatchObject({ code: 'file-damaged' });
  });
});

describe('hostile workbooks', () => {
  const workbook = (extra = ''): Part => ({
    name: 'xl/workbook.xml',
    data: Buffer.from(`<workbook><sheets/>${extra}</workbook>`),
  });
  const zeros = Buffer.alloc(30 * 1024 * 1024);

  it('stops a part that packs more than a hundredfold', async () => {
    const bomb = zipOf([workbook(), { name: 'xl/worksheets/sheet1.xml', data: zeros }]);
    expect(await refusal(bomb)).toMatchObject({ code: 'file-unsafe', status: 413 });
  });

  it('stops a part that lies about its size', async () => {
    const liar = zipOf([workbook(), { name: 'xl/worksheets/sheet1.xml', data: zeros, claims: 10 }]);
    expect(await refusal(liar)).toMatchObject({ code: 'file-damaged' });
  });

  it('stops an archive that claims more than 200 MB in all', async () => {
    const parts = Array.from({ length: 3 }, (_, i) => ({
      name: `xl/media/${i}.bin`,
      data: Buffer.from('x'),
      claims: 90 * 1024 * 1024,
    }));
    expect(await refusal(zipOf([workbook(), ...parts]))).toMatchObject({ code: 'file-unsafe' });
  });

  it('stops more than 5,000 entries', async () => {
    const parts = Array.from({ length: 5_001 }, (_, i) => ({
      name: `xl/media/${i}`,
      data: Buffer.from('x'),
    }));
    expect(await refusal(zipOf([workbook(), ...parts]))).toMatchObject({ code: 'file-unsafe' });
  });

  it('stops a name that spans a whole sheet', async () => {
    const names = '<definedNames><definedName name="x">S!$A$1:$XFD$1048576</definedName></definedNames>';
    expect(await refusal(zipOf([workbook(names)]))).toMatchObject({ code: 'file-unsafe' });
  });

  it('reads a sheet of which everything is merged, validated and formatted without expanding it', async () => {
    const everything = 'A3:XFD1048576';
    const extra = [
      `<mergeCells><mergeCell ref="${everything}"/></mergeCells>`,
      `<conditionalFormatting sqref="${everything}"><cfRule type="blank" priority="1"/></conditionalFormatting>`,
      `<dataValidations><dataValidation type="list" sqref="${everything}"/></dataValidations>`,
    ];
    const { rows } = await readQuestions(bareWorkbook(extra.join('')), 'x.xlsx');
    expect(rows.map(({ status, problems }) => [status, problems[0]?.values['area']])).toEqual([
      ['ok', undefined],
      ['refused', everything],
    ]);
  });
});
