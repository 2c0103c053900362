import type { ItemContent, ItemKey } from '#bank/item';
import type { Response } from '#bank/protocol';

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

/** One item of each kind, with a description in front; 3.50 points in three parts. */
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
];

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

/** Exact points by part of the candidate with this index: bit k of it says whether question k is right. */
export function expectedOf(index: number): number[] {
  const sums = [0, 0, 0];
  POOL.forEach(({ part, points, less }, slot) => {
    sums[part] = (sums[part] ?? 0) + ((index >> slot) & 1 ? points : less);
  });
  return sums;
}
