import { describe, expect, test } from 'vitest';
import type { ItemContent, ItemKey } from '#bank/item';
import { itemKind } from '#bank/item';
import { ITEM_KINDS, type AssemblyData, type ImageRun, type RichText } from '#bank/protocol';
import { assemblyDraft, assemblyOf, isPercent } from '../../../client/staff/items/assembly-draft.ts';
import { freshId, newDraft } from '../../../client/staff/items/item-draft.ts';
import { toItemDraft } from '../../../client/staff/items/read-draft.ts';
import {
  contentOf,
  draftProblems,
  draftWarnings,
  keyOf,
  toItemInput,
} from '../../../client/staff/items/sent-draft.ts';
import { PICTURE } from '../../support/picture.ts';
import { keyLines } from '../../../client/staff/items/item-key.ts';
import { itemWords } from '../../../client/staff/words/items.ts';
import { sayer } from '../../../client/staff/words/words.ts';

const IMAGE: ImageRun = { t: 'image', mime: 'image/png', data: 'AAAA', alt: 'đồ thị' };
const text = (v: string): RichText => [[{ t: 'text', v }]];
const STEM: RichText = [
  [
    { t: 'text', v: 'Giá $5 và ' },
    { t: 'math', tex: 'x^2' },
    { t: 'text', v: 'đậm', b: true },
  ],
  [IMAGE],
];
const options = ['a', 'b', 'c', 'd'].map((id) => ({ id, text: text(`phương án ${id}`) }));

const ITEMS: { content: ItemContent; key: ItemKey; lines: string[] }[] = [
  {
    content: {
      kind: 'choice',
      stem: STEM,
      shuffle: true,
      options: [...options.slice(0, 3), { id: 'd', text: text('tất cả đều sai'), fixed: true }],
    },
    key: { correct: ['c'] },
    lines: ['C'],
  },
  {
    content: { kind: 'multiple', stem: STEM, shuffle: false, options },
    key: { correct: ['a', 'd'], scheme: 'rightMinusWrong' },
    lines: ['A, D (chọn sai bị trừ)'],
  },
  {
    content: {
      kind: 'tfCluster',
      stem: STEM,
      statements: options.map((one, index) => (index === 1 ? { ...one, level: 'APPLY' as const } : one)),
    },
    key: { truth: { a: true, b: false, c: false, d: true } },
    lines: ['a) Đúng', 'b) Sai', 'c) Sai', 'd) Đúng'],
  },
  {
    content: { kind: 'numeric', stem: STEM, unit: 'm/s' },
    key: { value: '1,41', tolerance: '0,01', alternatives: ['-1,41'] },
    lines: ['1,41 hoặc -1,41 (sai số 0,01)'],
  },
  {
    content: { kind: 'shortText', stem: STEM },
    key: { accepted: ['Hà Nội', 'HN'], caseSensitive: true },
    lines: ['“Hà Nội” hoặc “HN” (phân biệt chữ hoa, chữ thường)'],
  },
  {
    content: {
      kind: 'matching',
      stem: STEM,
      prompts: [
        { id: 'p', text: text('một') },
        { id: 'q', text: text('hai') },
      ],
      choices: options,
    },
    key: { pairs: { p: 'b', q: 'a' } },
    lines: ['1 – B', '2 – A'],
  },
  {
    content: { kind: 'ordering', stem: STEM, parts: options },
    key: { order: ['c', 'a', 'd', 'b'], orderScheme: 'adjacent' },
    lines: [
      '1. phương án c',
      '2. phương án a',
      '3. phương án d',
      '4. phương án b',
      'theo số cặp liền nhau đúng',
    ],
  },
  {
    content: {
      kind: 'cloze',
      stem: [...STEM, [{ t: 'text', v: 'Có [[a]] và [[b]].' }]],
      gaps: [
        {
          id: 'a',
          options: [
            { id: 'aa', text: 'một' },
            { id: 'ab', text: '*hai' },
          ],
        },
        { id: 'b' },
      ],
    },
    key: {
      answers: { a: ['ab'], b: ['ba', 'bà'] },
      distinct: true,
      weights: { a: '1/3', b: '2/3' },
      wrong: '-1/3',
    },
    lines: [
      '[[a]] “*hai” (1/3)',
      '[[b]] “ba” hoặc “bà” (2/3)',
      'mỗi đáp án chỉ tính một lần',
      'điền sai: -1/3',
    ],
  },
  {
    content: {
      kind: 'gapMatch',
      stem: [...STEM, [{ t: 'text', v: 'Có [[1]] và [[2]].' }]],
      choices: options,
      reuse: true,
    },
    key: { fills: { '1': ['b'], '2': ['a', 'd'] }, wrong: '-1/2' },
    lines: ['[[1]] B', '[[2]] A hoặc D', 'một từ dùng được nhiều lần', 'điền sai: -1/2'],
  },
  {
    content: { kind: 'hotText', stem: [...STEM, [{ t: 'text', v: 'Âm là [[sóng dọc]], [[sóng ngang]].' }]] },
    key: { correct: ['2'], scheme: 'weights', weights: { '1': '-1/2', '2': '1' } },
    lines: ['“sóng ngang” (theo trọng số)', '“sóng dọc”: -1/2', '“sóng ngang”: 1'],
  },
  {
    content: { kind: 'hotspot', stem: [...STEM.slice(0, 1), [PICTURE]], points: 2 },
    key: {
      areas: [
        { id: 'a', shape: 'circle', coords: [5, 5, 2], share: '2/3' },
        { id: 'b', shape: 'rect', coords: [10, 10, 20, 20], share: '1/3' },
      ],
    },
    lines: ['tròn 5 5 2 = 2/3', 'chữ nhật 10 10 20 20 = 1/3'],
  },
  { content: { kind: 'description', stem: STEM }, key: {}, lines: ['Đoạn dẫn không có đáp án.'] },
  {
    content: {
      kind: 'essay',
      stem: STEM,
      minWords: 300,
      lines: 12,
      shown: [{ title: 'Nội dung', points: 150 }],
    },
    key: {
      criteria: [
        {
          id: 'a',
          title: 'Nội dung',
          note: 'chấp nhận mọi ví dụ',
          levels: [
            { points: 150, text: 'đủ ý' },
            { points: 50, text: 'thiếu ý' },
          ],
        },
      ],
    },
    lines: ['Nội dung\n1,50: đủ ý\n0,50: thiếu ý\n# chấp nhận mọi ví dụ'],
  },
];

const summary = (content: ItemContent) => ({
  id: 'i'.repeat(22),
  code: 'DD-01',
  kind: content.kind,
  topic: 'Dao động',
  level: 'KNOW' as const,
  status: 'draft' as const,
  version: 3,
  updatedAt: 0,
});

const RULES: { content: ItemContent; key: ItemKey; lines: string[] }[] = [
  {
    content: { kind: 'multiple', stem: STEM, shuffle: true, options },
    key: { correct: ['a', 'd'], scheme: 'weights', weights: { a: '2/3', b: '-1', d: '1/3' } },
    lines: ['A, D (theo trọng số)', 'A: 2/3', 'B: -1', 'D: 1/3'],
  },
  {
    content: { kind: 'multiple', stem: STEM, shuffle: true, options },
    key: { correct: ['a', 'd'], scheme: 'surplus' },
    lines: ['A, D (chọn thừa bị trừ)'],
  },
  {
    content: { kind: 'numeric', stem: STEM, entry: 'comma' },
    key: { value: '1,4', upTo: '1,5', tolerance: '2%' },
    lines: ['từ 1,4 đến 1,5 (sai số 2%)'],
  },
  {
    content: { kind: 'numeric', stem: STEM, entry: 'sheet' },
    key: { value: '1,41', round: { decimals: 1 } },
    lines: ['1,41 (làm tròn 1 chữ số thập phân)'],
  },
  {
    content: { kind: 'numeric', stem: STEM },
    key: { value: '1,41', round: { digits: 3 } },
    lines: ['1,41 (làm tròn 3 chữ số có nghĩa)'],
  },
  {
    content: { kind: 'shortText', stem: STEM },
    key: { accepted: ['kỳ'], patterns: ['dao*'], folds: ['tones', 'iy'] },
    lines: ['“kỳ” hoặc mẫu “dao*” (bỏ qua dấu thanh, i như y)'],
  },
  {
    content: {
      kind: 'choice',
      stem: STEM,
      shuffle: true,
      sorted: true,
      options: ['3 m', '1 m'].map((v, i) => ({ id: 'ab'.charAt(i), text: text(v) })),
    },
    key: { correct: ['a'] },
    lines: ['B'],
  },
];

test('every kind is covered', () => {
  expect(ITEMS.map(({ content }) => content.kind).sort()).toEqual([...ITEM_KINDS].sort());
});

describe.each([...ITEMS, ...RULES])('$content.kind $lines', ({ content, key, lines }) => {
  const draft = toItemDraft({ item: summary(content), content, key });

  test('is sent as it was read', () => {
    expect(toItemInput(draft, 3)).toEqual({
      code: 'DD-01',
      topic: 'Dao động',
      level: 'KNOW',
      base: 3,
      content,
      key,
      assembly: {},
    });
  });

  test('has no problems, and its key reads in words', () => {
    expect(draftProblems(draft)).toEqual([]);
    expect(keyLines(content, key, sayer(itemWords, 'vi'))).toEqual(lines);
  });

  test('begins empty with fields of its own kind', () => {
    const fresh = newDraft(content.kind, draft);
    expect(fresh).toMatchObject({ kind: content.kind, topic: 'Dao động', code: '', stem: { text: '' } });
    expect(contentOf(fresh).kind).toBe(content.kind);
    expect(itemKind(content.kind).check(contentOf(fresh), keyOf(fresh)).length).toBeGreaterThan(0);
  });
});

test('a part that is taken away is taken out of the key', () => {
  const draft = { ...newDraft('multiple', { topic: 'Sóng', level: 'APPLY' }), correct: ['a', 'b'] };
  const without = { ...draft, parts: draft.parts.filter(({ id }) => id !== 'b') };
  expect(keyOf(without)).toEqual({ correct: ['a'], scheme: 'allOrNothing' });
});

test('new parts get names that are free', () => {
  expect(freshId([{ id: 'a' }, { id: 'c' }])).toBe('b');
  expect(freshId([])).toBe('a');
});

test('a scheme that pays for everything is told once the draft is sound', () => {
  const [item] = RULES;
  if (!item) throw new Error('there is no item');
  const draft = toItemDraft({ ...item, item: summary(item.content) });
  expect(draftWarnings(draft)).toEqual([]);
  const generous = { ...draft, scheme: 'rightMinusWrong' as const, correct: ['a', 'b', 'd'] };
  expect(draftWarnings(generous).map(({ code }) => code)).toEqual(['item-pays-for-all']);
  expect(keyOf(generous)).not.toHaveProperty('weights');
});

describe('the data for assembly', () => {
  const data: AssemblyData = {
    facility: 625,
    seconds: 90,
    information: [120, 250, 180],
    enemies: ['con lắc'],
    embargoUntil: '2027-06-30',
    lastUsed: '2026-01-31',
  };

  test('survive the editor', () => {
    expect(assemblyOf(assemblyDraft(data), 'choice')).toEqual(data);
    expect(assemblyOf(assemblyDraft(), 'choice')).toEqual({});
  });

  test('of a description are its days', () => {
    expect(assemblyOf(assemblyDraft(data), 'description')).toEqual({
      embargoUntil: '2027-06-30',
      lastUsed: '2026-01-31',
    });
  });

  test('take percents only', () => {
    expect(['', '6', '62,', '62,5', '100', '0.5'].filter((text) => !isPercent(text))).toEqual([]);
    expect(['101', '6,25', '-1', 'x'].filter(isPercent)).toEqual([]);
  });
});
