import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';

/** Bytes of every hash of the tree: SHA-256. */
export const HASH_BYTES = 32;

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

/** Hash of one leaf: SHA-256(0x00 ‖ leaf), RFC 6962 §2.1. */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256(concatBytes(LEAF, leaf));
}

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right), RFC 6962 §2.1. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(NODE, left, right));
}

/**
 * The right edge of a tree: the hashes of the complete subtrees that its size is made of, the largest first, one for
 * each 1 in the binary form of the size. Enough to append to the tree and to know its root.
 */
export interface Frontier {
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
}

export const EMPTY_FRONTIER: Frontier = { size: 0, hashes: [] };

/** The frontier after one more leaf hash. */
export function extend(frontier: Frontier, leaf: Uint8Array): Frontier {
  const hashes = [...frontier.hashes];
  let node = leaf;
  for (let rest = frontier.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    node = nodeHash(hashes.pop()!, node);
  }
  return { size: frontier.size + 1, hashes: [...hashes, node] };
}

/** Root hash of the tree; of the empty one it is the SHA-256 of nothing. */
export function frontierRoot(frontier: Frontier): Uint8Array {
  const [last, ...larger] = [...frontier.hashes].reverse();
  return last ? larger.reduce((right, left) => nodeHash(left, right), last) : sha256(new Uint8Array());
}

/** Merkle tree hash of a list of leaf hashes, RFC 6962 §2.1. */
export function treeRoot(leafHashes: readonly Uint8Array[]): Uint8Array {
  let level = leafHashes;
  while (level.length > 1) {
    level = Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
      const right = level[2 * i + 1];
      return right ? nodeHash(level[2 * i]!, right) : level[2 * i]!;
    });
  }
  return level[0] ?? sha256(new Uint8Array());
}
