import ExcelJS from 'exceljs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readGift,
  readWorkbook,
  templateWorkbook,
  writeGift,
  writeWorkbook,
  type ImportedItem,
  type ImportRow,
} from '#bank/formats';
import {
  gapText,
  MULTIPLE_SCHEMES,
  normaliseRichText,
  ORDERING_SCHEMES,
  parseGap,
  statementLevels,
  toOrdering,
  type ItemContent,
} from '#bank/item';
import { ITEM_KINDS, LEVELS, type Inline, type Level, type RichText } from '#bank/protocol';
import { formulaFault } from '#bank/item/math';
import { PICTURE } from '../../support/picture.ts';
import { PNG, verdict } from './support.ts';

const image: Inline = { t: 'image', mime: 'image/png', data: PNG.toString('base64'), alt: 'đồ thị $x$' };

/** Words with every sign that some format gives a meaning to. */
const word = fc
  .stringMatching(/^[A-Za-zàđếộưỹÀĐỰ0-9~=#{}:%*\\$[<>&"'|.,;_-]{1,12}$/)
  .map((text) => text.normalize('NFC'));
const phrase = fc
  .array(word, { minLength: 1, maxLength: 4 })
  .chain((words) => fc.constantFrom(' ', '  ', '\u00a0').map((blank) => words.join(blank)));
const run: fc.Arbitrary<Inline> = fc.oneof(
  phrase.map((v): Inline => ({ t: 'text', v })),
  fc.record({ v: phrase, mark: fc.constantFrom('b', 'i', 'u', 'sub', 'sup') }).map(({ v, mark }): Inline => ({
    t: 'text',
    v,
    [mark]: true,
  })),
  fc
    .constantFrom('x^2', '\\frac{a}{b}', 'a<b', 'x=\\sqrt{2}\\ \\text{m}')
    .map((tex): Inline => ({ t: 'math', tex })),
);
const rich: fc.Arbitrary<RichText> = fc
  .array(fc.array(run, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 })
  .map(normaliseRichText)
  .filter((text) => text.length > 0);

const level = fc.constantFrom<Level>('KNOW', 'UNDERSTAND', 'APPLY', 'APPLY_HIGH');
const decimal = fc.integer({ min: -99_999, max: 99_999 }).map((n) => String(n / 100));

/** Texts of an item must differ, and pairs must not hold an arrow. */
function distinct(texts: readonly RichText[], prefix: string): { id: string; text: RichText }[] {
  return texts.map((text, i) => ({
    id: String.fromCodePoint(prefix.charCodeAt(0) + i),
    text: normaliseRichText([[{ t: 'text', v: `${i + 1}. ` }, ...(text[0] ?? [])], ...text.slice(1)]),
  }));
}

type Part = Pick<ImportedItem, 'kind' | 'content' | 'key'>;
const texts = (count: number) => fc.array(rich, { minLength: count, maxLength: count });

const choice = fc
  .record({ stem: rich, options: texts(4), shuffle: fc.boolean(), fixed: fc.boolean() })
  .map(({ stem, options, shuffle, fixed }): Part => ({
    kind: 'choice',
    content: {
      kind: 'choice',
      stem,
      options: distinct(options, 'a').map((option, i) =>
        shuffle && fixed && i === 3 ? { ...option, fixed: true as const } : option,
      ),
      shuffle,
    },
    key: { correct: ['c'] },
  }));
const multiple = fc
  .record({ stem: rich, options: texts(5), minus: fc.boolean() })
  .map(({ stem, options, minus }): Part => ({
    kind: 'multiple',
    content: { kind: 'multiple', stem, options: distinct(options, 'a'), shuffle: true },
    key: { correct: ['a', 'd', 'e'], scheme: minus ? 'rightMinusWrong' : 'allOrNothing' },
  }));
const cluster = fc
  .record({
    stem: rich,
    statements: texts(4),
    levels: fc.option(fc.array(level, { minLength: 4, maxLength: 4 })),
  })
  .map(({ stem, statements, levels }): Part => ({
    kind: 'tfCluster',
    content: {
      kind: 'tfCluster',
      stem,
      statements: distinct(statements, 'a').map((statement, i) => {
        const own = levels?.[i];
        return { ...statement, ...(own && { level: own }) };
      }),
    },
    key: { truth: { a: true, b: false, c: false, d: true } },
  }));
const numeric = fc
  .record({ stem: rich, value: decimal, other: decimal })
  .map(({ stem, value, other }): Part => ({
    kind: 'numeric',
    content: { kind: 'numeric', stem },
    key: { value, tolerance: '0.01', alternatives: [other] },
  }));
const short = fc.record({ stem: rich, answer: phrase }).map(({ stem, answer }): Part => ({
  kind: 'shortText',
  content: { kind: 'shortText', stem },
  key: { accepted: ['một', answer.replaceAll('|', '').replace(/\s+/g, ' ').trim() || 'hai'] },
}));
const matching = fc.record({ stem: rich, sides: texts(5) }).map(({ stem, sides }): Part => {
  const arrowless = sides.map((side) => JSON.parse(JSON.stringify(side).replace(/=>+/g, '=')) as RichText);
  return {
    kind: 'matching',
    content: {
      kind: 'matching',
      stem,
      prompts: distinct(arrowless.slice(0, 2), 'a'),
      choices: distinct(arrowless.slice(2), '1'),
    },
    key: { pairs: { a: '1', b: '2' } },
  };
});
const ordering = fc
  .record({ stem: rich, parts: texts(4), orderScheme: fc.constantFrom(...ORDERING_SCHEMES) })
  .map(({ stem, parts, orderScheme }): Part => {
    const { parts: sorted, order } = toOrdering(distinct(parts, 'a').map(({ text }) => text));
    return {
      kind: 'ordering',
      content: { kind: 'ordering', stem, parts: sorted },
      key: { order, orderScheme },
    };
  });
const cloze = fc
  .record({
    answer: phrase,
    options: fc.uniqueArray(phrase, { minLength: 2, maxLength: 4 }),
    own: fc.boolean(),
  })
  .map(({ answer, options, own }): Part => {
    const clean = (text: string) => text.replace(/\s+/g, ' ').trim();
    const gap = parseGap('a', gapText({ id: 'a' }, [clean(answer), 'một']));
    const texts = options.map((text, i) => ({ id: `b${'abcd'[i]}`, text: `${i} ${clean(text)}` }));
    const list = parseGap('b', gapText({ id: 'b', options: texts }, ['bb']));
    return {
      kind: 'cloze',
      content: {
        kind: 'cloze',
        stem: [
          [
            { t: 'text', v: 'Từ [[b]] tới ' },
            { t: 'text', v: '[[a]]', b: true },
            { t: 'text', v: '.' },
          ],
        ],
        gaps: [list.gap, gap.gap],
      },
      key: {
        answers: { a: gap.answers, b: list.answers },
        ...(own && { distinct: true, folds: ['iy'], weights: { a: '1/3', b: '2/3' }, wrong: '-1/3' }),
      },
    };
  });
const gapMatch = fc.record({ choices: texts(4), reuse: fc.boolean() }).map(({ choices, reuse }): Part => ({
  kind: 'gapMatch',
  content: {
    kind: 'gapMatch',
    stem: [[{ t: 'text', v: 'Từ [[2]] tới [[1]] và [[3]]' }]],
    choices: distinct(choices, 'a'),
    ...(reuse && { reuse }),
  },
  key: {
    fills: { '1': ['b'], '2': ['a', 'd'], '3': ['c'] },
    ...(reuse && { weights: { '1': '1/2', '2': '1/4', '3': '1/4' }, wrong: '-1/4' }),
  },
}));
const hotText = fc
  .record({ scheme: fc.constantFrom(...MULTIPLE_SCHEMES), weighted: fc.boolean() })
  .map(({ scheme, weighted }): Part => ({
    kind: 'hotText',
    content: {
      kind: 'hotText',
      stem: [
        [
          { t: 'text', v: 'Âm là [[sóng ' },
          { t: 'text', v: 'dọc', i: true },
          { t: 'text', v: ']], [[ngang]] và [[' },
          { t: 'math', tex: 'x_1' },
          { t: 'text', v: ']]' },
        ],
      ],
    },
    key: {
      correct: ['1', '3'],
      scheme,
      ...(scheme === 'weights' && weighted && { weights: { '1': '1/2', '2': '-1/3', '3': '1/2' } }),
    },
  }));
const hotspot = fc
  .record({ points: fc.integer({ min: 1, max: 3 }), own: fc.boolean() })
  .map(({ points, own }): Part => ({
    kind: 'hotspot',
    content: { kind: 'hotspot', stem: [[{ t: 'text', v: 'Chỉ chỗ' }], [PICTURE]], points },
    key: {
      areas: [
        { id: 'a', shape: 'circle', coords: [5, 5, 2], ...(own && { share: '1/2' }) },
        { id: 'b', shape: 'rect', coords: [1, 1, 20, 20], ...(own && { share: '1/4' }) },
        { id: 'c', shape: 'poly', coords: [1, 1, 20, 20, 1, 20], ...(own && { share: '1/4' }) },
      ],
    },
  }));
const description = rich.map((stem): Part => ({
  kind: 'description',
  content: { kind: 'description', stem },
  key: {},
}));

/** A cluster whose statements have levels has the highest of them. */
function levelOf({ content }: Part, own: Level): Level {
  const levels = content.kind === 'tfCluster' && statementLevels(content, own);
  return (levels && LEVELS.findLast((one) => levels.includes(one))) || own;
}

const item = (parts: fc.Arbitrary<Part>): fc.Arbitrary<ImportedItem> =>
  fc.record({ part: parts, level }).map(({ part, level: is }) => ({
    ...part,
    code: 'C-1',
    topic: 'Dao động / sóng',
    level: levelOf(part, is),
  }));

function onlyRow(rows: readonly ImportRow[]): ImportRow {
  const [row] = rows;
  if (!row || rows.length > 1) throw new Error(`read ${rows.length} rows`);
  return row;
}

describe('workbook', () => {
  it('comes back as it was written, whatever stands in it', async () => {
    const all = fc.oneof(
      choice,
      multiple,
      cluster,
      numeric,
      short,
      matching,
      ordering,
      cloze,
      gapMatch,
      hotText,
      hotspot,
      description,
    );
    await fc.assert(
      fc.asyncProperty(item(all), async (written) => {
        const { bytes, losses } = await writeWorkbook([written]);
        expect(losses).toEqual([]);
        const row = onlyRow((await readWorkbook(bytes, { checkFormula: formulaFault })).rows);
        expect(row.item ?? verdict(row)).toEqual(written);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps every rule of scoring', async () => {
    const stem: RichText = [[{ t: 'text', v: 'Câu hỏi' }]];
    const options = distinct([[], [], [], []], 'a');
    const parts: Part[] = [
      ...[undefined, { a: '1/2', b: '50%', d: '-1/3' }].map((weights): Part => ({
        kind: 'multiple',
        content: { kind: 'multiple', stem, options, shuffle: true },
        key: { correct: ['a', 'b'], scheme: 'weights', ...(weights && { weights }) },
      })),
      {
        kind: 'multiple',
        content: { kind: 'multiple', stem, options, shuffle: true },
        key: { correct: ['a', 'b'], scheme: 'surplus' },
      },
      {
        kind: 'numeric',
        content: { kind: 'numeric', stem, entry: 'comma' },
        key: { value: '-2.5', upTo: '2.5', tolerance: '2.5%', alternatives: ['4'] },
      },
      ...[{ decimals: 2 }, { digits: 3 }].map((round): Part => ({
        kind: 'numeric',
        content: { kind: 'numeric', stem, entry: 'point' },
        key: { value: '2.5', round },
      })),
      {
        kind: 'shortText',
        content: { kind: 'shortText', stem },
        key: {
          accepted: ['kỳ'],
          patterns: ['a*b', '?\\*'],
          expressions: ['a|b+', 'c{2}'],
          caseSensitive: true,
          folds: ['tones', 'iy'],
        },
      },
    ];
    for (const part of parts) {
      const written = { ...part, code: 'C-1', topic: 'Sóng', level: 'KNOW' as const };
      const { bytes, losses } = await writeWorkbook([written]);
      expect(losses).toEqual([]);
      expect(onlyRow((await readWorkbook(bytes)).rows).item).toEqual(written);
    }
  });

  it('keeps pictures at their place, and what belongs to a description', async () => {
    const stem: RichText = [
      [{ t: 'text', v: 'Xem ' }, image, { t: 'text', v: ' và ' }, { ...image, alt: 'hai' }],
    ];
    const content: ItemContent = { kind: 'description', stem };
    const base = { topic: 'T', level: 'KNOW' as const };
    const items: ImportedItem[] = [
      { ...base, code: 'P', kind: 'description', content, key: {} },
      {
        ...base,
        code: 'Q',
        kind: 'shortText',
        stimulus: 'P',
        content: { kind: 'shortText', stem: [[{ t: 'text', v: '=1+1' }]] },
        key: { accepted: ['hai'], caseSensitive: true },
      },
    ];
    const { bytes } = await writeWorkbook(items);
    expect((await readWorkbook(bytes)).rows.map((row) => row.item)).toEqual(items);
  });

  it('writes text, never formulas', async () => {
    const evil: ImportedItem = {
      code: '=HYPERLINK("x")',
      kind: 'description',
      topic: '@SUM(A1)',
      level: 'KNOW',
      content: { kind: 'description', stem: [[{ t: 'text', v: '=1+1' }]] },
      key: {},
    };
    const { bytes } = await writeWorkbook([evil]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(new Uint8Array(bytes).buffer);
    const types: ExcelJS.ValueType[] = [];
    book.eachSheet((sheet) => sheet.eachRow((row) => row.eachCell((cell) => types.push(cell.type))));
    expect(types).not.toContain(ExcelJS.ValueType.Formula);
  });

  it('tells what it cannot carry', async () => {
    const options = Array.from({ length: 9 }, (_, i) => ({
      id: String.fromCodePoint(97 + i),
      text: [[{ t: 'text' as const, v: String(i) }]],
    }));
    const wide: ImportedItem = {
      code: 'W',
      kind: 'choice',
      topic: 'T',
      level: 'KNOW',
      content: { kind: 'choice', stem: [[{ t: 'text', v: 'x' }]], options, shuffle: true },
      key: { correct: ['a'] },
    };
    const long: ImportedItem = {
      ...wide,
      code: 'L',
      kind: 'description',
      content: { kind: 'description', stem: [[{ t: 'text', v: 'x'.repeat(40_000) }]] },
      key: {},
    };
    expect((await writeWorkbook([wide, long])).losses).toEqual([
      { code: 'export-options', item: 'W' },
      { code: 'export-length', item: 'L' },
    ]);
  });
});

describe('GIFT', () => {
  it('comes back as it was written, but for what GIFT has no place for', () => {
    const kinds = fc.oneof(choice, multiple, numeric, short, matching, description);
    fc.assert(
      fc.property(item(kinds), (written) => {
        const { bytes, losses } = writeGift([written]);
        expect(losses.filter(({ code }) => code !== 'export-detail')).toEqual([]);
        const row = onlyRow(readGift(new TextDecoder().decode(bytes), { checkFormula: formulaFault }));
        expect(row.item ?? verdict(row)).toEqual(withoutShuffling(written));
      }),
      { numRuns: 300 },
    );
  });

  it('tells what it cannot carry', () => {
    const base = { topic: 'T', level: 'KNOW' as const };
    const stem: RichText = [[image]];
    const [part] = fc.sample(cluster, 1);
    const items: ImportedItem[] = [
      { ...base, code: 'P', kind: 'description', content: { kind: 'description', stem }, key: {} },
    ];
    if (part) items.push({ ...base, ...part, code: 'Đ-S' });
    expect(writeGift(items).losses).toEqual([
      { code: 'export-image', item: 'P' },
      { code: 'export-kind', item: 'Đ-S' },
    ]);
  });
});

it('a recording leaves its title in every file, and a warning that it was left out', async () => {
  const media = { t: 'media' as const, media: 'A'.repeat(22), kind: 'audio' as const, title: 'Bài nghe 1' };
  const content = { kind: 'description' as const, stem: [[media], [{ t: 'text' as const, v: 'Nghe.' }]] };
  const one: ImportedItem = { topic: 'T', level: 'KNOW', code: 'N', kind: 'description', content, key: {} };
  const read = [
    readGift(new TextDecoder().decode(writeGift([one]).bytes), { checkFormula: formulaFault }),
    (await readWorkbook((await writeWorkbook([one])).bytes, { checkFormula: formulaFault })).rows,
  ];
  for (const rows of read)
    expect(onlyRow(rows).item?.content.stem).toEqual([
      [{ t: 'text', v: '[Bài nghe 1]' }],
      [{ t: 'text', v: 'Nghe.' }],
    ]);
  for (const { losses } of [writeGift([one]), await writeWorkbook([one])])
    expect(losses).toEqual([{ code: 'export-media', item: 'N' }]);
});

/** GIFT does not say whether options are shuffled. */
function withoutShuffling(written: ImportedItem): ImportedItem {
  const { content } = written;
  if (content.kind !== 'choice') return written;
  const options = content.options.map(({ id, text }) => ({ id, text }));
  return { ...written, content: { ...content, options, shuffle: true } };
}

it('offers a template that can be read as it stands, with one example of each kind', async () => {
  const bytes = await templateWorkbook();
  const { rows } = await readWorkbook(bytes, { checkFormula: formulaFault });
  expect(rows.map(verdict)).toEqual(rows.map(() => 'ok'));
  expect(new Set(rows.map(({ item: read }) => read?.kind)).size).toBe(ITEM_KINDS.length);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(new Uint8Array(bytes).buffer);
  expect(book.worksheets.map(({ name }) => name)).toEqual(['Câu hỏi', 'Danh mục', 'Hướng dẫn']);
  expect(book.getWorksheet('Câu hỏi')?.getCell('B9').dataValidation).toMatchObject({
    type: 'list',
    // a header, and two variants besides the kinds
    formulae: [`'Danh mục'!$A$2:$A$${ITEM_KINDS.length + 3}`],
  });
});
