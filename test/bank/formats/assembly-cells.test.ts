import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWorkbook, writeGift, writeWorkbook, type ImportedItem } from '#bank/formats';
import type { AssemblyData } from '#bank/protocol';
import { CHOICE, verdict, workbookOf, type RowCells } from './support.ts';

async function assemblyOf(cells: RowCells) {
  const { rows } = await readWorkbook(await workbookOf([{ ...CHOICE, ...cells }]));
  return rows[0]?.item ? rows[0].item.assembly : verdict(rows[0] ?? fail());
}

function fail(): never {
  throw new Error('no row was read');
}

const ITEM: ImportedItem = {
  code: 'C1',
  kind: 'choice',
  topic: 'Dao động',
  level: 'KNOW',
  content: {
    kind: 'choice',
    stem: [[{ t: 'text', v: 'Câu hỏi' }]],
    options: ['a', 'b'].map((id) => ({ id, text: [[{ t: 'text', v: id }]] })),
    shuffle: true,
  },
  key: { correct: ['a'] },
};

describe('the columns for assembly', () => {
  it('read what is written in either way of writing', async () => {
    expect(await assemblyOf({ facility: '62,5%', seconds: '90 giây', enemies: 'con lắc ; E17;' })).toEqual({
      facility: 625,
      seconds: 90,
      enemies: ['con lắc', 'E17'],
    });
    expect(
      await assemblyOf({
        facility: 0.65,
        information: '0,12; 0.25; 1',
        embargoUntil: new Date('2027-06-30'),
      }),
    ).toEqual({ facility: 650, information: [120, 250, 1000], embargoUntil: '2027-06-30' });
  });

  it('tell nothing when they are empty, and take away with a dash', async () => {
    expect(await assemblyOf({})).toBeUndefined();
    expect(await assemblyOf({ enemies: '-', lastUsed: '1/9/2026' })).toEqual({
      enemies: null,
      lastUsed: '2026-09-01',
    });
  });

  it('refuse what cannot be read, naming the cell', async () => {
    expect(await assemblyOf({ facility: '120%' })).toContain('assembly-cell@');
    expect(await assemblyOf({ seconds: '0' })).toContain('assembly-cell@');
    expect(await assemblyOf({ information: '0,1; 0,2' })).toContain('assembly-cell@');
    expect(await assemblyOf({ embargoUntil: '31/02/2027' })).toContain('assembly-cell@');
    expect(await assemblyOf({ enemies: `${'x'.repeat(41)}` })).toContain('assembly-cell@');
  });

  it('refuse enemies that contradict themselves', async () => {
    expect(await assemblyOf({ enemies: 'Con lắc; con-lac' })).toContain('item-enemy-repeated@');
    expect(await assemblyOf({ enemies: 'c1' })).toContain('item-enemy-circular@');
    expect(await assemblyOf({ enemies: '…' })).toContain('item-enemy-unnamed@');
    const description: RowCells = {
      code: 'D1',
      kind: 'Đoạn dẫn',
      topic: 'Dao động',
      stem: 'Đoạn',
      seconds: '9',
    };
    const { rows } = await readWorkbook(await workbookOf([description]));
    expect(verdict(rows[0] ?? fail())).toContain('item-data-description@');
  });

  it('are told as a loss where a format has no place for them', () => {
    expect(writeGift([{ ...ITEM, assembly: { seconds: 90 } }]).losses).toMatchObject([
      { code: 'export-detail', item: 'C1', details: 'dữ liệu ghép đề' },
    ]);
    expect(writeGift([ITEM]).losses).toEqual([]);
  });

  it('carry all data there and back', async () => {
    const day = fc
      .date({ min: new Date('2020-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const data: fc.Arbitrary<AssemblyData> = fc.record(
      {
        facility: fc.integer({ min: 0, max: 1000 }),
        seconds: fc.integer({ min: 1, max: 43_200 }),
        information: fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 3, maxLength: 3 }),
        enemies: fc.uniqueArray(fc.stringMatching(/^E[0-9]{1,5}$/), { minLength: 1, maxLength: 20 }),
        embargoUntil: day,
        lastUsed: day,
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(data, { minLength: 1, maxLength: 20 }), async (list) => {
        const items = list.map((assembly, i) => ({ ...ITEM, code: `Q${i}`, assembly }));
        const { bytes } = await writeWorkbook(items);
        const { rows } = await readWorkbook(bytes);
        expect(rows.map(({ item }) => item?.assembly ?? {})).toEqual(list);
      }),
      { numRuns: 15 },
    );
  });
});
