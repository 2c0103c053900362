/**
 * Pads to the next multiple of `multiple` bytes so that a size tells less: 0x80, then zeros (ISO/IEC 7816-4).
 * At least one byte is added, so that `unpad` is never in doubt.
 */
export function padTo(bytes: Uint8Array, multiple: number): Uint8Array<ArrayBuffer> {
  if (!Number.isInteger(multiple) || multiple < 1)
    throw new RangeError('multiple must be a positive integer');
  const padded = new Uint8Array(Math.ceil((bytes.length + 1) / multiple) * multiple);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  return padded;
}

/** Takes the padding of `padTo` off; null when there is none. Only for bytes that were authenticated before. */
export function unpad<B extends ArrayBufferLike>(bytes: Uint8Array<B>): Uint8Array<B> | null {
  let end = bytes.length - 1;
  while (end >= 0 && bytes[end] === 0) end--;
  return end >= 0 && bytes[end] === 0x80 ? bytes.subarray(0, end) : null;
}
