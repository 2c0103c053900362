import { createHash } from 'node:crypto';

/** Hash of a leaf, RFC 6962 §2.1. */
export function hashLeaf(leaf: Buffer): Buffer {
  return createHash('sha256').update(Buffer.of(0)).update(leaf).digest();
}

/** Root of the tree over these leaf hashes, RFC 6962 §2.1: split at the largest power of two below their number. */
export function rootOf(hashes: readonly Buffer[], from = 0, to = hashes.length): Buffer {
  const count = to - from;
  if (count === 0) return createHash('sha256').digest();
  if (count === 1) return hashes[from]!;
  let split = 1;
  while (split * 2 < count) split *= 2;
  const left = rootOf(hashes, from, from + split);
  const right = rootOf(hashes, from + split, to);
  return createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();
}
