import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  appendLeaves,
  decodeBundle,
  EMPTY_EDGE,
  encodeBundle,
  frontierRoot,
  leafHash,
  partialTiles,
  tilePath,
  treeRoot,
  type TileEdge,
} from '#bank/ledger';

const someLeaves = (n: number) => Array.from({ length: n }, (_, i) => new TextEncoder().encode(`leaf ${i}`));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** Every file of a log of these leaves, appended in batches of these sizes. */
function filesOf(leaves: Uint8Array[], batches: number[]): { files: Map<string, string>; edge: TileEdge } {
  const files = new Map<string, string>();
  let edge = EMPTY_EDGE;
  let at = 0;
  for (const length of [...batches, leaves.length]) {
    const step = appendLeaves(edge, leaves.slice(at, at + length));
    for (const file of step.full) {
      expect(files.has(file.path)).toBe(false);
      files.set(file.path, hex(file.bytes));
    }
    edge = step.edge;
    at += length;
  }
  for (const file of partialTiles(edge)) files.set(file.path, hex(file.bytes));
  return { files, edge };
}

/** The tiles as C2SP tlog-tiles defines them, straight from the definition. */
function tilesBySpecification(leaves: Uint8Array[]): Map<string, string> {
  const files = new Map<string, string>();
  const hashes = leaves.map(leafHash);
  for (let level = 0; 256 ** level <= leaves.length; level++) {
    const span = 256 ** level;
    const width = Math.floor(leaves.length / span);
    for (let index = 0; index * 256 < width; index++) {
      const inTile = Math.min(256, width - index * 256);
      const tile = Array.from({ length: inTile }, (_, i) => {
        const start = (index * 256 + i) * span;
        return treeRoot(hashes.slice(start, start + span));
      });
      files.set(tilePath(level, index, inTile), tile.map(hex).join(''));
    }
  }
  for (let start = 0; start < leaves.length; start += 256) {
    const bundle = leaves.slice(start, start + 256);
    files.set(tilePath('entries', start / 256, bundle.length), hex(encodeBundle(bundle)));
  }
  return files;
}

describe('paths', () => {
  test.each([
    [tilePath(0, 0), 'tile/0/000'],
    [tilePath(0, 1_234_067), 'tile/0/x001/x234/067'],
    [tilePath(1, 1000), 'tile/1/x001/000'],
    [tilePath('entries', 5, 255), 'tile/entries/005.p/255'],
    [tilePath(63, 999_999, 1), 'tile/63/x999/999.p/1'],
  ])('%s', (path, expected) => {
    expect(path).toBe(expected);
  });

  test('a log of 70,000 leaves has the tiles that the specification counts', () => {
    const { files } = filesOf(someLeaves(70_000), []);
    const level = (name: string) => [...files.keys()].filter((path) => path.startsWith(`tile/${name}/`));
    expect(level('0')).toHaveLength(274);
    expect(level('0').at(-1)).toBe('tile/0/273.p/112');
    expect(level('1')).toEqual(['tile/1/000', 'tile/1/001.p/17']);
    expect(level('2')).toEqual(['tile/2/000.p/1']);
    expect(level('entries').at(-1)).toBe('tile/entries/273.p/112');
  });
});

describe('tiles', () => {
  test.each([0, 1, 255, 256, 257, 511, 512, 600])('of %i leaves are those of the definition', (n) => {
    const leaves = someLeaves(n);
    const { files, edge } = filesOf(leaves, []);
    expect(Object.fromEntries(files)).toEqual(Object.fromEntries(tilesBySpecification(leaves)));
    expect(hex(frontierRoot(edge.frontier))).toBe(hex(treeRoot(leaves.map(leafHash))));
  });

  test('do not depend on how the leaves were batched', () => {
    const whole = filesOf(someLeaves(700), []);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 8 }), (batches) => {
        const { files, edge } = filesOf(someLeaves(700), batches);
        expect(files).toEqual(whole.files);
        expect(edge).toEqual(whole.edge);
      }),
      { numRuns: 30 },
    );
  });
});

describe('bundles', () => {
  test('give back their entries, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 700 }), { maxLength: 20 }), (entries) => {
        expect(decodeBundle(encodeBundle(entries))!.map(hex)).toEqual(entries.map(hex));
      }),
    );
  });

  test('begin each entry with its length in two bytes', () => {
    expect(hex(encodeBundle([Uint8Array.of(7), new Uint8Array(), new Uint8Array(256).fill(1)]))).toBe(
      `00010700000100${'01'.repeat(256)}`,
    );
    expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow(RangeError);
  });

  test('that are cut off inside an entry are none', () => {
    const bundle = encodeBundle([new Uint8Array(3), new Uint8Array(4)]);
    const whole = [0, 5, 11];
    for (let end = 0; end <= bundle.length; end++) {
      expect(decodeBundle(bundle.subarray(0, end)) !== null).toBe(whole.includes(end));
    }
  });
});
