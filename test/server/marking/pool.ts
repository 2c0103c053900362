import type { ItemContent, ItemKey } from '#bank/item';
import type { Response } from '#bank/protocol';
import { PICTURE } from '../../support/picture.ts';

const text = (v: string) => [[{ t: 'text' as const, v }]];
const parts = (...ids: string[]) => ids.map((id) => ({ id, text: text(`phần ${id}`) }));

interface PoolItem {
  content: ItemContent;
  key: ItemKey;
  part: number;
  points: number;
  /** By canonical ids: an answer worth all points, and one worth `less`. */
  right: Response;
  wrong: Response;
  less: number;
}

/** One item of each kind but the essay, with a description in front, in three parts. */
export const POOL: PoolItem[] = [
  {
    content: { kind: 'description', stem: text('Ngữ liệu chung') },
    key: {},
    part: 0,
    points: 0,
    right: null,
    wrong: null,
    less: 0,
  },
  {
    content: {
      kind: 'choice',
      stem: text('Một lựa chọn'),
      options: parts('a', 'b', 'c', 'd'),
      shuffle: true,
    },
    key: { correct: ['b'] },
    part: 0,
    points: 25,
    right: { c: 'b' },
    wrong: { c: 'a' },
    less: 0,
  },
  {
    content: {
      kind: 'multiple',
      stem: text('Nhiều lựa chọn'),
      options: parts('a', 'b', 'c', 'd'),
      shuffle: true,
    },
    key: { correct: ['a', 'c', 'd'], scheme: 'rightMinusWrong' },
    part: 0,
    points: 25,
    right: { m: ['a', 'c', 'd'] },
    wrong: { m: ['a'] },
    less: 8,
  },
  {
    content: { kind: 'tfCluster', stem: text('Đúng sai'), statements: parts('a', 'b', 'c', 'd') },
    key: { truth: { a: true, b: false, c: true, d: false } },
    part: 1,
    points: 100,
    right: { t: { a: true, b: false, c: true, d: false } },
    wrong: { t: { a: true, b: false, c: false } },
    less: 25,
  },
  {
    content: { kind: 'numeric', stem: text('Trả lời số'), unit: 'm/s' },
    key: { value: '3.14', tolerance: '0.01' },
    part: 2,
    points: 50,
    right: { x: '3,15' },
    wrong: { x: '3,16' },
    less: 0,
  },
  {
    content: { kind: 'shortText', stem: text('Trả lời ngắn') },
    key: { accepted: ['dao động điều hòa'] },
    part: 2,
    points: 50,
    right: { x: ' Dao động  điều hoà' },
    wrong: { x: 'sóng' },
    less: 0,
  },
  {
    content: {
      kind: 'matching',
      stem: text('Ghép'),
      prompts: parts('p', 'q', 'r'),
      choices: parts('x', 'y', 'z'),
    },
    key: { pairs: { p: 'y', q: 'z', r: 'x' } },
    part: 2,
    points: 100,
    right: { p: { p: 'y', q: 'z', r: 'x' } },
    wrong: { p: { p: 'y', q: 'x' } },
    less: 34,
  },
  {
    content: { kind: 'ordering', stem: text('Sắp xếp'), parts: parts('a', 'b', 'c') },
    key: { order: ['c', 'a', 'b'], orderScheme: 'adjacent' },
    part: 2,
    points: 50,
    right: { o: ['c', 'a', 'b'] },
    wrong: { o: ['b', 'c', 'a'] },
    less: 25,
  },
  {
    content: {
      kind: 'cloze',
      stem: text('Điền\n[[a]] và [[b]]'),
      gaps: [
        { id: 'a' },
        {
          id: 'b',
          options: [
            { id: 'ba', text: 'tăng' },
            { id: 'bb', text: 'giảm' },
          ],
        },
      ],
    },
    key: { answers: { a: ['biên độ'], b: ['bb'] } },
    part: 2,
    points: 100,
    right: { g: { a: { x: 'Biên  độ' }, b: { c: 'bb' } } },
    wrong: { g: { a: { x: 'biên độ' }, b: { c: 'ba' } } },
    less: 50,
  },
  {
    content: { kind: 'gapMatch', stem: text('Kéo [[1]] và [[2]]'), choices: parts('a', 'b', 'c') },
    key: { fills: { '1': ['b'], '2': ['a'] } },
    part: 2,
    points: 50,
    right: { p: { '1': 'b', '2': 'a' } },
    wrong: { p: { '1': 'b', '2': 'b' } },
    less: 25,
  },
  {
    content: { kind: 'hotText', stem: text('Chọn [[một]], [[hai]] và [[ba]]') },
    key: { correct: ['2', '3'], scheme: 'rightMinusWrong' },
    part: 2,
    points: 50,
    right: { m: ['3', '2'] },
    wrong: { m: ['2'] },
    less: 25,
  },
  {
    content: { kind: 'hotspot', stem: [[PICTURE]], points: 1 },
    key: { areas: [{ id: 'a', shape: 'rect', coords: [4, 4, 12, 12] }] },
    part: 2,
    points: 50,
    right: { h: [[12, 4]] },
    wrong: { h: [[13, 4]] },
    less: 0,
  },
];

/** What all of it is worth, in hundredths. */
export const POOL_POINTS = POOL.reduce((sum, { points }) => sum + points, 0);

/** Questions with a bit of their own in the index of a candidate; those behind them share these bits. */
const BITS = 6;

/** Whether the candidate with this index is right in the question in this slot. */
export function isRight(index: number, slot: number): boolean {
  return ((index >> (1 + ((slot - 1) % BITS))) & 1) === 1;
}

/** A response with its parts called otherwise. */
export function renamed(response: Response, tokenOf: (part: string) => string): Response {
  if (response === null || 'x' in response || 'e' in response || 'h' in response || 'b' in response)
    return response;
  if ('c' in response) return { c: tokenOf(response.c) };
  if ('m' in response) return { m: response.m.map(tokenOf) };
  if ('o' in response) return { o: response.o.map(tokenOf) };
  if ('g' in response) {
    const gaps = Object.entries(response.g).map(([gap, answer]) => [
      tokenOf(gap),
      'c' in answer ? { c: tokenOf(answer.c) } : answer,
    ]);
    return { g: Object.fromEntries(gaps) as typeof response.g };
  }
  if ('t' in response) {
    return { t: Object.fromEntries(Object.entries(response.t).map(([id, truth]) => [tokenOf(id), truth])) };
  }
  return { p: Object.fromEntries(Object.entries(response.p).map(([id, to]) => [tokenOf(id), tokenOf(to)])) };
}

/** Exact points by part of the candidate with this index. */
export function expectedOf(index: number): number[] {
  const sums = [0, 0, 0];
  POOL.forEach(({ part, points, less }, slot) => {
    sums[part] = (sums[part] ?? 0) + (isRight(index, slot) ? points : less);
  });
  return sums;
}
