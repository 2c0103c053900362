import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { below, createRng, paperSeed, paperStream, shuffle, take } from '#bank/assembly';

const ZEROS = '00'.repeat(32);

test('the stream is that of seedrandom 3.0.5, pinned by vectors', () => {
  const rng = createRng(ZEROS);
  expect(Array.from({ length: 6 }, () => rng.u32())).toEqual([
    3351604952, 3234633741, 730021270, 1704374920, 557935550, 3074325775,
  ]);
});

test.each([
  ['missing', undefined],
  ['null', null],
  ['empty', ''],
  ['a number', 1],
  ['short', 'ab'.repeat(31)],
  ['long', 'ab'.repeat(33)],
  ['upper case', 'AB'.repeat(32)],
  ['a name', 'Nguyễn Thị Ánh'],
  ['a trailing line break', `${ZEROS}\n`],
  ['an object', { a: 1 }],
  ['an array of the right text', [ZEROS]],
])('no generator seeds itself: %s is refused', (_name, seed) => {
  expect(() => createRng(seed as string)).toThrow(TypeError);
});

test('integers are uniform by rejection: numbers above the largest multiple are thrown away', () => {
  const numbers = [0xffff_ffff, 0xffff_fffe, 7, 3];
  const rng = { u32: () => numbers.shift() ?? 0 };
  expect(below(rng, 3)).toBe(2);
  expect(numbers).toEqual([7, 3]);
  expect(below({ u32: () => 0xffff_ffff }, 2 ** 32)).toBe(0xffff_ffff);
  for (const n of [0, -1, 1.5, 2 ** 32 + 1, Number.NaN]) expect(() => below(rng, n)).toThrow(RangeError);
});

test('a shuffle is a permutation and a take is a sequence of different entries', () => {
  const seed = fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes) => Buffer.from(bytes).toString('hex'));
  fc.assert(
    fc.property(seed, fc.uniqueArray(fc.string(), { maxLength: 60 }), fc.nat(60), (hexSeed, list, wanted) => {
      const before = [...list];
      expect(shuffle(createRng(hexSeed), list).sort()).toEqual([...list].sort());
      const count = Math.min(wanted, list.length);
      const taken = take(createRng(hexSeed), list, count);
      expect(new Set(taken).size).toBe(count);
      expect(taken.every((entry) => list.includes(entry))).toBe(true);
      expect(list).toEqual(before);
    }),
  );
});

test('no two attempts share a stream, however alike their ids look', () => {
  const ids = [
    '1',
    '11',
    '111',
    '1111',
    '12',
    '1212',
    'ab',
    'abab',
    'a',
    '\u0161',
    '\u1ea1',
    '\u00a1',
    'á',
    'á'.normalize('NFD'),
    'ỡ',
    'Nguyễn Văn An',
    'Nguyễn Văn An'.normalize('NFD'),
    '',
    ' ',
  ];
  const exam = new Uint8Array(32);
  const seen = new Set<string>();
  const add = (attempt: string, redraw: number): void => {
    const rng = paperStream(paperSeed(exam, 'exam', attempt, redraw), 'selection');
    seen.add(`${rng.u32()}.${rng.u32()}.${rng.u32()}`);
  };
  for (const id of ids) for (const redraw of [0, 1, 11]) add(id, redraw);
  for (let number = 0; number < 20_000; number++) add(`#${number}`, 0);
  expect(seen.size).toBe(ids.length * 3 + 20_000);
});
