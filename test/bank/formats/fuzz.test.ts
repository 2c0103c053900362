import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { DomainError } from '#bank/protocol';
import { readGift, readQuestions, readRoster } from '#bank/formats';
import { CHOICE, verdict, workbookOf } from './support.ts';
import { bareWorkbook } from './zip.ts';

/** Whatever the bytes are, a file is read or refused with a code, never with an accident. */
async function outcome(read: () => Promise<unknown>): Promise<string> {
  try {
    await read();
    return 'fine';
  } catch (error) {
    return error instanceof DomainError ? 'fine' : String(error);
  }
}

const edit = fc.record({
  at: fc.nat(),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
  cut: fc.nat(20),
});

function spoil(
  bytes: Uint8Array,
  edits: readonly { at: number; bytes: Uint8Array; cut: number }[],
): Uint8Array {
  let spoiled = Buffer.from(bytes);
  for (const { at, bytes: put, cut } of edits) {
    const place = at % (spoiled.length + 1);
    spoiled = Buffer.concat([spoiled.subarray(0, place), put, spoiled.subarray(place + cut)]);
  }
  return spoiled;
}

describe('spoiled files', () => {
  let workbook: Uint8Array;
  const text = [
    'Mã câu;Dạng câu;Chủ đề;Mức độ;Nội dung;A;B;Đáp án',
    'C1;TN;Sóng;NB;"Câu ""một""";x $y^2$;z;A',
    'C2;ĐS;Sóng;TH;Câu hai;x;y;ĐS',
  ].join('\n');
  const gift =
    '// [id:1] [tag:TH]\n::T::[html]<p>a \\= b</p> {=x#f ~%50%y}\n\nQ {#3:2~#no}\n\nM {=a -> b =c -> d}\n';

  beforeAll(async () => {
    workbook = await workbookOf([CHOICE, { ...CHOICE, code: 'C2', kind: 'Ghép đôi', optionA: 'a => b' }]);
  });

  it('workbooks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        expect(await outcome(() => readQuestions(spoil(workbook, edits), 'x.xlsx'))).toBe('fine');
      }),
      { numRuns: 300 },
    );
  });

  it('sheets inside a sound archive', async () => {
    const token = fc.constantFrom(
      '<c r="A2">',
      '</c>',
      '<v>',
      '1',
      ' t="s"',
      ' t="d"',
      ' r="ZZ9"',
      '<f>A1</f>',
      '<is>',
      '</row>',
      '<mergeCell ref="A1:B9"/>',
      '&',
      '"',
      ' s="9"',
    );
    const change = fc.record({
      at: fc.nat(),
      bytes: token.map((text) => Buffer.from(text)),
      cut: fc.nat(12),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (edits) => {
        const file = bareWorkbook('', (sheet) => spoil(sheet, edits));
        expect(await outcome(() => readQuestions(file, 'x.xlsx'))).toBe('fine');
        expect(await outcome(() => readRoster(file, 'x.xlsx'))).toBe('fine');
      }),
      { numRuns: 500 },
    );
  });

  it.each(['x.csv', 'x.gift', 'x.txt'])('text as %s', async (name) => {
    const source = Buffer.from(name === 'x.csv' ? text : gift);
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 5 }), async (edits) => {
        expect(await outcome(() => readQuestions(spoil(source, edits), name))).toBe('fine');
        expect(await outcome(() => readRoster(spoil(source, edits), name))).toBe('fine');
      }),
      { numRuns: 300 },
    );
  });

  it('questions made of nothing but signs', () => {
    const signs = fc.array(fc.constantFrom(...'{}=~#%:\\$<>-*&;()[]/.,|0aĐ \n'.split('')), { maxLength: 60 });
    fc.assert(
      fc.property(signs, (chars) => {
        for (const row of readGift(chars.join(''), { defaults: { topic: 'T', level: 'KNOW' } })) {
          expect(verdict(row)).toMatch(/^(ok|warning|refused)/);
          expect(row.item === undefined).toBe(row.status === 'refused');
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('cells made of nothing but signs', async () => {
    const cell = fc.string({
      unit: fc.constantFrom(...'$\\{}<>/bsu[]!:=|;,ABĐS01 \n'.split('')),
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(
        cell,
        cell,
        cell,
        fc.constantFrom('TN', 'MR', 'ĐS', 'TLN', 'Điền từ', 'Nối'),
        async (a, b, key, kind) => {
          const quoted = [a, b, key].map((part) => `"x${part.replaceAll('"', '')}"`).join(';');
          const csv = `Mã;Dạng;Chủ đề;Mức;Nội dung;A;B;Đáp án\nC1;${kind};T;NB;"${a} y";${quoted}\n`;
          const { rows } = await readQuestions(Buffer.from(csv), 'x.csv');
          for (const row of rows) {
            expect(verdict(row)).toMatch(/^(ok|warning|refused)/);
            expect(row.item === undefined).toBe(row.status === 'refused');
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
