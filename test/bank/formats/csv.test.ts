import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { readQuestions, readRoster } from '#bank/formats';
import { verdict } from './support.ts';

const LINES = [
  'Mã câu;Dạng câu;Chủ đề;Mức độ;Nội dung;Phương án A;Phương án B;Đáp án',
  'C1;Một lựa chọn;Dao động;Biết;Đơn vị của tần số?;giây;héc;B',
  'C2;Trả lời số;Sóng;Vận dụng;"Tính v; ghi ""m/s""\nở dòng hai";;;2,5',
  'C3;Trả lời số;Sóng;Vận dụng;Không có đáp án;;;',
];
const TEXT = `${LINES.join('\r\n')}\r\n`;

async function codes(bytes: Uint8Array): Promise<unknown[]> {
  const { format, rows, problems } = await readQuestions(bytes, 'câu hỏi.csv');
  expect(format).toBe('csv');
  expect(rows[1]?.item?.content.stem).toEqual([
    [{ t: 'text', v: 'Tính v; ghi "m/s"' }],
    [{ t: 'text', v: 'ở dòng hai' }],
  ]);
  return [...rows.map(verdict), ...problems.map(({ code }) => code)];
}

const GOOD = ['ok', 'ok', 'refused item-key-missing@H4'];

describe('encodings', () => {
  it.each<[string, Buffer]>([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with mark', Buffer.from(`\ufeff${TEXT}`)],
    ['UTF-16 little endian', iconv.encode(TEXT, 'utf-16le', { addBOM: true })],
    ['UTF-16 big endian', iconv.encode(TEXT, 'utf-16be', { addBOM: true })],
    ['decomposed UTF-8', Buffer.from(TEXT.normalize('NFD'))],
  ])('reads %s', async (_name, bytes) => {
    expect(await codes(bytes)).toEqual(GOOD);
  });

  it('reads UTF-16 without a mark', async () => {
    const text = TEXT.replace(/[^\p{ASCII}]/gu, 'a').replace(
      /^.*\r\n/,
      'Code;Kind;Topic;Level;Stem;A;B;Key\r\n',
    );
    const { rows } = await readQuestions(iconv.encode(text, 'utf-16le', { addBOM: false }), 'x.csv');
    expect(rows).toHaveLength(3);
  });

  it('reads Windows-1258 and asks to look at the text', async () => {
    expect(await codes(windows1258(TEXT))).toEqual([...GOOD, 'file-encoding-guessed']);
  });

  it('refuses what no encoding makes readable', async () => {
    const vni = Buffer.from(TEXT.normalize('NFD').replace(/\p{M}/gu, '\u0001'), 'latin1');
    await expect(readQuestions(vni, 'vni.csv')).rejects.toMatchObject({ code: 'file-encoding', status: 415 });
    const tcvn3 = Buffer.concat([Buffer.from([0xb5, 0xb8, 0xa9, 0xae]), Buffer.from(';B\n1;2\n')]);
    await expect(readQuestions(tcvn3, 'tcvn.csv')).rejects.toMatchObject({ code: 'file-encoding' });
  });
});

/** Windows-1258 has combining tone marks: base letters with their hat or breve are composed, tones follow. */
function windows1258(text: string): Buffer {
  const tones = text
    .normalize('NFD')
    .replace(/([aeou])([\u0300\u0301\u0303\u0309\u0323]?)([\u0302\u0306\u031b])/gi, '$1$3$2');
  const composed = tones.replace(/[aeouAEOU][\u0302\u0306\u031b]/g, (pair) => pair.normalize('NFC'));
  return iconv.encode(composed, 'windows-1258');
}

it.each([',', '\t'])('finds the delimiter %j', async (delimiter) => {
  const text = ['Code', 'Kind', 'Topic', 'Level', 'Stem', 'Option A', 'Option B', 'Key'].join(delimiter);
  const row = ['C1', 'MC', 'T', 'Know', '"a, b; c"', 'x', 'y', 'A'].join(delimiter);
  const { rows } = await readQuestions(Buffer.from(`${text}\n${row}\n`), 'x.csv');
  expect(rows.map(verdict)).toEqual(['ok']);
});

it('tells line and cell of a fault', async () => {
  const { rows } = await readQuestions(Buffer.from(TEXT), 'x.csv');
  expect(rows[2]).toMatchObject({ row: 4, line: 5, problems: [{ cell: 'H4', line: 5 }] });
});

it('refuses a quote that is never closed in a file as large as an upload may be', async () => {
  const file = Buffer.from(`Số báo danh,Họ và tên\n"${'x,'.repeat(9 * 1024 * 1024)}`);
  await expect(readRoster(file, 'lop.csv')).rejects.toMatchObject({ code: 'file-csv' });
});

it('refuses an unclosed quote with its line, and an empty file', async () => {
  await expect(readQuestions(Buffer.from(`${LINES[0]}\n"C1;x\n`), 'x.csv')).rejects.toMatchObject({
    code: 'file-csv',
    status: 422,
  });
  await expect(readQuestions(Buffer.from(' \n'), 'x.csv')).rejects.toMatchObject({ code: 'file-empty' });
});

it('names missing headers', async () => {
  await expect(readQuestions(Buffer.from('Mã câu,Nội dung\nC1,x\n'), 'x.csv')).rejects.toMatchObject({
    code: 'file-header-missing',
    values: { headers: '“Dạng câu”, “Chủ đề”, “Mức độ”, “Đáp án”' },
  });
});
