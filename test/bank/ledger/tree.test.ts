import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  consistencyProof,
  EMPTY_FRONTIER,
  extend,
  frontierRoot,
  inclusionProof,
  leafHash,
  treeRoot,
  verifyConsistency,
  verifyInclusion,
} from '#bank/ledger';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** The tree of the Certificate Transparency reference tests: its leaves, and its root at each size. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const A = '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7';
const B = '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e';
const C = '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4';
const D = 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b';
const E = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0';
const F = '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a';
const INCLUSION = [
  { index: 0, size: 1, proof: [] },
  { index: 0, size: 8, proof: [A, B, C] },
  { index: 5, size: 8, proof: [D, E, ROOTS[4]!] },
  { index: 2, size: 3, proof: [ROOTS[2]!] },
  { index: 1, size: 5, proof: [ROOTS[1]!, B, D] },
];
const CONSISTENCY = [
  { from: 1, size: 1, proof: [] },
  { from: 1, size: 8, proof: [A, B, C] },
  { from: 6, size: 8, proof: [F, E, ROOTS[4]!] },
  { from: 2, size: 5, proof: [B, D] },
];

const hashes = LEAVES.map((leaf) => leafHash(bytes(leaf)));

/** RFC 6962 §2.1 as it is written there. */
function rootBySpecification(leaves: Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), leaves[0]!);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha256(Buffer.of(1), rootBySpecification(leaves.slice(0, k)), rootBySpecification(leaves.slice(k)));
}

const someLeaves = (n: number) => Array.from({ length: n }, (_, i) => new TextEncoder().encode(`leaf ${i}`));

describe('published vectors', () => {
  test.each(ROOTS.map((root, size) => ({ size, root })))('root of $size leaves', ({ size, root }) => {
    expect(hex(treeRoot(hashes.slice(0, size)))).toBe(root);
    expect(hex(frontierRoot(hashes.slice(0, size).reduce(extend, EMPTY_FRONTIER)))).toBe(root);
  });

  test.each(INCLUSION)('inclusion of leaf $index in $size', ({ index, size, proof }) => {
    expect(inclusionProof(hashes.slice(0, size), index).map(hex)).toEqual(proof);
    expect(verifyInclusion(hashes[index]!, index, size, proof.map(bytes), bytes(ROOTS[size]!))).toBe(true);
  });

  test.each(CONSISTENCY)('consistency of $from with $size', ({ from, size, proof }) => {
    expect(consistencyProof(hashes.slice(0, size), from).map(hex)).toEqual(proof);
    const [oldRoot, root] = [bytes(ROOTS[from]!), bytes(ROOTS[size]!)];
    expect(verifyConsistency(from, size, proof.map(bytes), oldRoot, root)).toBe(true);
  });
});

describe('trees of every size', () => {
  const sizes = Array.from({ length: 70 }, (_, n) => n);
  const all = someLeaves(70);
  const allHashes = all.map(leafHash);
  const roots = sizes.map((n) => treeRoot(allHashes.slice(0, n)));

  test('the root is that of the specification, at once or leaf by leaf', () => {
    let frontier = EMPTY_FRONTIER;
    for (const n of sizes) {
      expect(hex(roots[n]!)).toBe(hex(rootBySpecification(all.slice(0, n))));
      expect(hex(frontierRoot(frontier))).toBe(hex(roots[n]!));
      frontier = extend(frontier, allHashes[n]!);
    }
  });

  test('every leaf has a proof in every tree, and in no tree of another root', () => {
    for (const n of sizes.slice(1)) {
      for (let index = 0; index < n; index++) {
        const proof = inclusionProof(allHashes.slice(0, n), index);
        expect(verifyInclusion(allHashes[index]!, index, n, proof, roots[n]!)).toBe(true);
        expect(verifyInclusion(allHashes[index]!, index, n, proof, roots[n - 1]!)).toBe(false);
      }
    }
  });

  test('every tree is proved to be the beginning of every later one, and of no other', () => {
    for (const n of sizes) {
      for (let old = 0; old <= n; old++) {
        const proof = consistencyProof(allHashes.slice(0, n), old);
        expect(verifyConsistency(old, n, proof, roots[old]!, roots[n]!)).toBe(true);
        const foreign = old === 0 ? [allHashes[0]!] : proof;
        const otherRoot = roots[old === 0 ? 1 : old - 1]!;
        expect(verifyConsistency(old, n, foreign, otherRoot, roots[n]!)).toBe(false);
      }
    }
  });

  test('a proof for a leaf or a tree that does not exist is not made', () => {
    expect(() => inclusionProof(allHashes, 70)).toThrow(RangeError);
    expect(() => inclusionProof(allHashes, -1)).toThrow(RangeError);
    expect(() => consistencyProof(allHashes, 71)).toThrow(RangeError);
  });
});

type Mutation = (proof: Uint8Array[], at: number) => Uint8Array[];
const mutations: Record<string, Mutation> = {
  'a bit flipped': (proof, at) =>
    proof.map((hash, i) =>
      i === at % proof.length ? hash.map((byte, j) => (j === 0 ? byte ^ 1 : byte)) : hash,
    ),
  'a hash removed': (proof, at) => proof.toSpliced(at % proof.length, 1),
  'a hash doubled': (proof, at) => proof.toSpliced(at % proof.length, 0, proof[at % proof.length]!),
  'a hash appended': (proof) => [...proof, leafHash(new Uint8Array())],
};

describe('what was changed does not verify', () => {
  const place = fc
    .integer({ min: 2, max: 200 })
    .chain((n) => fc.tuple(fc.constant(n), fc.integer({ min: 1, max: n - 1 }), fc.nat(20)));

  test.each(Object.entries(mutations))('%s in a proof', (_name, mutate) => {
    fc.assert(
      fc.property(place, ([n, k, at]) => {
        const hashes = someLeaves(n).map(leafHash);
        const root = treeRoot(hashes);
        const inclusion = mutate(inclusionProof(hashes, k), at);
        expect(verifyInclusion(hashes[k]!, k, n, inclusion, root)).toBe(false);
        const consistency = mutate(consistencyProof(hashes, k), at);
        expect(verifyConsistency(k, n, consistency, treeRoot(hashes.slice(0, k)), root)).toBe(false);
      }),
    );
  });

  test('a leaf edited, removed, inserted or moved makes the later log inconsistent with the earlier one', () => {
    fc.assert(
      fc.property(place, fc.constantFrom('edit', 'remove', 'insert', 'swap'), ([n, k, at], kind) => {
        const leaves = someLeaves(n).map(leafHash);
        const oldRoot = treeRoot(leaves.slice(0, k));
        const where = at % k;
        const other = leafHash(new TextEncoder().encode('other'));
        const next = where + 1;
        const changed = {
          edit: leaves.with(where, other),
          remove: leaves.toSpliced(where, 1),
          insert: leaves.toSpliced(where, 0, other),
          swap: leaves.with(where, leaves[next]!).with(next, leaves[where]!),
        }[kind];
        fc.pre(kind !== 'swap' || next < k);
        if (changed.length < k) return;
        const root = treeRoot(changed);
        const size = changed.length;
        for (const honest of [changed, leaves]) {
          const proof = honest.length < k ? [] : consistencyProof(honest, k);
          expect(verifyConsistency(k, size, proof, oldRoot, root)).toBe(false);
        }
      }),
    );
  });

  test('another index, size or leaf', () => {
    const hashes = someLeaves(21).map(leafHash);
    const root = treeRoot(hashes);
    const proof = inclusionProof(hashes, 6);
    for (const index of [-1, 0, 5, 7, 14, 21, 1.5]) {
      expect(verifyInclusion(hashes[6]!, index, 21, proof, root)).toBe(false);
    }
    for (const size of [0, 6, 7, 16, 64]) {
      expect(verifyInclusion(hashes[6]!, 6, size, proof, root)).toBe(false);
    }
    expect(verifyInclusion(hashes[5]!, 6, 21, proof, root)).toBe(false);
    expect(verifyConsistency(22, 21, [], root, root)).toBe(false);
    expect(verifyConsistency(21, 21, [], hashes[0]!, root)).toBe(false);
    expect(verifyConsistency(0, 21, proof, root, root)).toBe(false);
    expect(verifyConsistency(6, 21, [], root, root)).toBe(false);
  });
});
