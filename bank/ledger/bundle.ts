import { concatBytes } from '@noble/hashes/utils.js';

/** The longest leaf that a bundle can hold: its length is written in two bytes. */
export const MAX_LEAF_BYTES = 0xffff;

/** Entries one after the other, each after its length in two bytes, big endian: C2SP tlog-tiles. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...entries.flatMap((entry) => {
      if (entry.length > MAX_LEAF_BYTES) throw new RangeError('a leaf has at most 65,535 bytes');
      return [Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry];
    }),
  );
}

/** The entries of a bundle; null when the last one is cut off. */
export function decodeBundle(bundle: Uint8Array): Uint8Array[] | null {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bundle.length) {
    const low = bundle[at + 1];
    if (low === undefined) return null;
    const end = at + 2 + ((bundle[at]! << 8) | low);
    if (end > bundle.length) return null;
    entries.push(bundle.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
