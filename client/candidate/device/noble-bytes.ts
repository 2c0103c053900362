/**
 * Stands in for `@noble/hashes/utils.js` in the candidate's bundle: the two functions of it that bank/protocol uses,
 * without the argument checks that weigh more than they do.
 */
export function utf8ToBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export function concatBytes(...arrays: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(arrays.reduce((length, array) => length + array.length, 0));
  let at = 0;
  for (const array of arrays) {
    joined.set(array, at);
    at += array.length;
  }
  return joined;
}
