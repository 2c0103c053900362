import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseGift, readGift, readQuestions, type ImportRow, type QuestionOptions } from '#bank/formats';
import { decodeText } from '../../../bank/formats/text-decoding.ts';
import { formulaFault } from '#bank/item/math';
import { verdict } from './support.ts';

const CORPUS = new URL('../../../../shared/corpora/gift-grammar/tests/questions/', import.meta.url);

const DEFAULTS: QuestionOptions = { defaults: { topic: 'Chung', level: 'KNOW' }, checkFormula: formulaFault };

function read(text: string, options: QuestionOptions = DEFAULTS): ImportRow[] {
  return readGift(text, options);
}

function one(text: string): ImportRow {
  const [row, ...more] = read(text);
  if (!row || more.length > 0) throw new Error('expected one question');
  return row;
}

const rich = (v: string) => [[{ t: 'text', v }]];

/** Ids, tags and null fields say nothing of the meaning. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => member !== null && name !== 'id' && name !== 'tags')
      .map(([name, member]) => [name, meaning(member)]),
  );
}

describe('files of gift-grammar', () => {
  it('are 51, and all equal their expected JSON in meaning', (ctx) => {
    if (!existsSync(CORPUS)) ctx.skip('../shared/corpora/gift-grammar is not on this machine');
    const names = readdirSync(CORPUS).filter((name) => name.endsWith('.gift'));
    expect(names).toHaveLength(51);
    for (const name of names) {
      const text = decodeText(readFileSync(new URL(name, CORPUS))).text;
      const expected: unknown = JSON.parse(
        readFileSync(new URL(name.replace('.gift', '.json'), CORPUS), 'utf8'),
      );
      const parsed = parseGift(text).map(({ question }) => meaning(question));
      expect({ name, parsed }).toEqual({ name, parsed: meaning(expected) });
    }
  });

  it('come in, but for what the engine does not have or GIFT leaves open', (ctx) => {
    if (!existsSync(CORPUS)) ctx.skip('../shared/corpora/gift-grammar is not on this machine');
    const refused = new Map<string, number>();
    let accepted = 0;
    for (const name of readdirSync(CORPUS).filter((file) => file.endsWith('.gift'))) {
      for (const row of read(decodeText(readFileSync(new URL(name, CORPUS))).text)) {
        if (row.item) accepted++;
        for (const { code, severity } of row.problems) {
          if (severity === 'refused') refused.set(code, (refused.get(code) ?? 0) + 1);
        }
      }
    }
    expect(Object.fromEntries(refused)).toEqual({
      'gift-several-right': 1,
      'kind-unsupported': 8,
      'code-repeated': 1,
    });
    expect(accepted).toBeGreaterThan(80);
  });
});

describe('kinds', () => {
  it('reads single choice', () => {
    expect(one('::Q1::Ai? {~An =Bình ~Chi}').item).toMatchObject({
      code: 'Q1',
      kind: 'choice',
      content: { stem: rich('Ai?'), options: [{ text: rich('An') }, { id: 'b', text: rich('Bình') }, {}] },
      key: { correct: ['b'] },
    });
  });

  it('reads multiple response from weights', () => {
    expect(one('Q {~%50%a ~%50%b ~%-50%c ~%-50%d}').item?.key).toEqual({
      correct: ['a', 'b'],
      scheme: 'rightMinusWrong',
    });
    const harsh = one('Q {~%50%a ~%50%b ~%-100%c}');
    expect(harsh.item?.key).toEqual({ correct: ['a', 'b'], scheme: 'allOrNothing' });
    expect(verdict(harsh)).toBe('warning gift-weights@1');
    expect(one('Q {=%50%a =%50%b ~%-50%c}').item?.key).toEqual({
      correct: ['a', 'b'],
      scheme: 'rightMinusWrong',
    });
  });

  it('drops partial credit and feedback, and says so once', () => {
    const row = one('Q {~%50%a#one =b#two ~c####all}');
    expect(row.item?.key).toEqual({ correct: ['b'] });
    expect(verdict(row)).toBe('warning gift-feedback@1 gift-partial@1');
  });

  it('reads true/false as a choice that is not shuffled', () => {
    const row = one('Trái Đất quay quanh Mặt Trời.{T}');
    expect(row.item).toMatchObject({
      kind: 'choice',
      content: { options: [{ text: rich('Đúng') }, { text: rich('Sai') }], shuffle: false },
      key: { correct: ['a'] },
    });
    const english = read('The Sun is cold.{FALSE}', { ...DEFAULTS, language: 'en' })[0];
    expect(english?.item).toMatchObject({
      content: { options: [{ text: rich('True') }, {}] },
      key: { correct: ['b'] },
    });
  });

  it('reads short answers', () => {
    const row = one('Q {=Niu-tơn =%50%gần đúng =newton =%0%*}');
    expect(row.item?.key).toEqual({ accepted: ['Niu-tơn', 'newton'] });
    expect(verdict(row)).toBe('warning gift-partial@1');
    expect(verdict(one('Q {=*ton =newton}'))).toBe('warning gift-wildcard@1');
    expect(one('Q {=a\\*b}').item?.key).toEqual({ accepted: ['a*b'] });
  });

  it.each([
    ['{#1822}', { value: '1822' }],
    ['{#3.1415:0.0005}', { value: '3.1415', tolerance: '0.0005' }],
    ['{#3.141..3.142}', { value: '3.1415', tolerance: '0.0005' }],
    ['{#-5..5}', { value: '0', tolerance: '5' }],
    ['{#2,5:0,1}', { value: '2.5', tolerance: '0.1' }],
    ['{#=1822:0 =1900:0 =%50%1822:2}', { value: '1822', alternatives: ['1900'] }],
    ['{#3:2~#Completely wrong}', { value: '3', tolerance: '2' }],
    ['{#=3:2\n~#Completely wrong}', { value: '3', tolerance: '2' }],
  ])('reads the numbers %s', (answers, key) => {
    expect(one(`Bao nhiêu? ${answers}`).item).toMatchObject({ kind: 'numeric', key });
  });

  it('reads matching with an extra right side', () => {
    expect(one('Ghép {=A -> một =B -> hai = -> ba \\= 3}').item).toMatchObject({
      kind: 'matching',
      content: {
        prompts: [{ id: 'a', text: rich('A') }, { id: 'b' }],
        choices: [{ id: '1', text: rich('một') }, { id: '2' }, { id: '3', text: rich('ba = 3') }],
      },
      key: { pairs: { a: '1', b: '2' } },
    });
  });

  it('reads descriptions', () => {
    expect(one('[html]<p>Đọc đoạn văn.</p>').item).toMatchObject({ kind: 'description', key: {} });
  });

  it('refuses kinds by name', () => {
    const row = one('Hãy kể. {}');
    expect(verdict(row)).toBe('refused kind-unsupported@1');
    expect(row.problems[0]?.values['kind']).toBe('tự luận (essay)');
  });

  it('refuses several right options when only one can be picked', () => {
    expect(verdict(one('Q {=a =b ~c}'))).toBe('refused gift-several-right@1');
  });
});

describe('texts', () => {
  const stem = (text: string) => one(`${text} {T}`).item?.content.stem;

  it('reads HTML as structured text', () => {
    expect(stem('[html]<p>H<sub>2</sub>O &agrave; <b>đậm</b>&nbsp;5 &lt; 6</p><p>Hai</p>')).toEqual([
      [
        { t: 'text', v: 'H' },
        { t: 'text', v: '2', sub: true },
        { t: 'text', v: 'O à ' },
        { t: 'text', v: 'đậm', b: true },
        { t: 'text', v: ' 5 < 6' },
      ],
      [{ t: 'text', v: 'Hai' }],
    ]);
  });

  it('never keeps script, and says what was dropped', () => {
    const row = one('[html]a<script>alert(1)</script><img src\\="x" onerror\\="y">b {T}');
    expect(row.item?.content.stem).toEqual(rich('ab'));
    expect(row.problems[0]).toMatchObject({ code: 'gift-markup', values: { tags: '<img> <script>' } });
  });

  it('finds formulas in every notation, and leaves money alone', () => {
    expect(stem('Cho \\\\(a\\=1\\\\) và $x^2$, giá 5$ hoặc 6$')).toEqual([
      [
        { t: 'text', v: 'Cho ' },
        { t: 'math', tex: 'a=1' },
        { t: 'text', v: ' và ' },
        { t: 'math', tex: 'x^2' },
        { t: 'text', v: ', giá 5$ hoặc 6$' },
      ],
    ]);
    expect(stem('[html]$$a &lt; b$$')).toEqual([[{ t: 'math', tex: 'a < b', display: true }]]);
  });

  it('refuses a formula that cannot be read', () => {
    expect(verdict(one('Tính \\\\(\\\\frac\\{1\\\\) {T}'))).toBe('refused item-formula@1');
  });

  it('reads bold and italics of Markdown', () => {
    expect(stem('[markdown]a **b** *c* _____')).toEqual([
      [
        { t: 'text', v: 'a ' },
        { t: 'text', v: 'b', b: true },
        { t: 'text', v: ' ' },
        { t: 'text', v: 'c', i: true },
        { t: 'text', v: ' _____' },
      ],
    ]);
  });
});

describe('topic, level and code', () => {
  const text = [
    '$CATEGORY: $course$/top/Vật lí 11/Sóng',
    '',
    '// [id:S-1] [tag:Vận dụng] [tag:khác]',
    '::Tên::Câu một {T}',
    '',
    '::Tên::Câu hai {T}',
    '',
    '::Tên::Câu ba {T}',
  ].join('\n');

  it('come from category, tag, id and title', () => {
    const rows = read(text);
    expect(rows.map(({ line }) => line)).toEqual([3, 6, 8]);
    expect(rows[0]?.item).toMatchObject({ code: 'S-1', topic: 'Sóng', level: 'APPLY' });
    expect(rows[1]?.item).toMatchObject({ code: 'Tên', topic: 'Sóng', level: 'KNOW' });
    expect(rows[2]?.code).toMatch(/^gift-[0-9a-f]{12}$/);
  });

  it('are refused when nothing tells them or the bank has no such topic', () => {
    expect(verdict(readGift('Q {T}', {})[0] ?? { status: 'ok', problems: [] })).toBe(
      'refused topic-missing@1 level-missing@1',
    );
    const [row] = read(text, { ...DEFAULTS, topics: ['Dao động'] });
    expect(row?.problems[0]).toMatchObject({ code: 'topic-unknown', line: 3, values: { topic: 'Sóng' } });
  });

  it('refuses a repeated id', () => {
    const rows = read('// [id:x]\nA {T}\n\n// [id:x]\nB {T}');
    expect(rows.map(verdict)).toEqual(['ok', 'refused code-repeated@4']);
    expect(rows[1]?.problems[0]?.values).toMatchObject({ first: 1 });
  });

  it('gives the same code to the same question, so that a second import adds nothing', () => {
    expect(one('Không tên {T}').code).toBe(one('Không tên {T}').code);
  });
});

describe('broken questions', () => {
  it('do not stop the rest, and tell their line', () => {
    const rows = read('Một {T}\n\nHai {=a ~b\nthiếu ngoặc\n\nBa {#4}\n\nBốn {#}\n\nNăm {F}');
    expect(rows.map(verdict)).toEqual([
      'ok',
      expect.stringMatching(/^refused gift-syntax@[34]$/),
      'ok',
      'refused gift-syntax@8',
      'ok',
    ]);
  });

  it('survive the examples of Moodle that the grammar does not know', async () => {
    const bytes = Buffer.from('::Q5:: What is a number from 1 to 5? {#3:2~#Completely wrong}\r\n');
    const { format, rows } = await readQuestions(bytes, 'moodle.txt', DEFAULTS);
    expect(format).toBe('gift');
    expect(rows[0]?.item?.key).toEqual({ value: '3', tolerance: '2' });
  });
});
