/**
 * Box v1, the one container of everything encrypted, opened by servers and by browsers alike:
 *
 *   0x01 | algorithm id | key id length | key id (UTF-8) | IV (12) | ciphertext | tag (16)
 *
 * Algorithm 0x01 is AES-256-GCM (NIST SP 800-38D) with a random IV and a 16-byte tag.
 */
export const BOX_VERSION = 0x01;
export const BOX_AES_256_GCM = 0x01;
export const BOX_IV_BYTES = 12;
export const BOX_TAG_BYTES = 16;

/** What a box is bound to: moving it to another object, version or field makes it unreadable. */
export interface BoxContext {
  /** What kind of thing it holds: `item`, `view`, `index`, `sheet`, `person`, … */
  type: string;
  tenant: string;
  /** Id of the object that the box belongs to. */
  object: string;
  version: number;
  field: string;
}

/** Associated data: the length-prefixed (4 bytes, big endian) UTF-8 parts of the context and the key id. */
export function boxAad(context: BoxContext, keyId: string): Uint8Array {
  return lengthPrefixed([
    'niem/box/1',
    context.type,
    context.tenant,
    context.object,
    String(context.version),
    context.field,
    keyId,
  ]);
}

const utf8 = new TextEncoder();

/** Joins parts so that no two different lists give the same bytes. */
export function lengthPrefixed(parts: readonly (string | Uint8Array)[]): Uint8Array {
  const encoded = parts.map((part) => (typeof part === 'string' ? utf8.encode(part) : part));
  const joined = new Uint8Array(encoded.reduce((sum, { length }) => sum + 4 + length, 0));
  const view = new DataView(joined.buffer);
  let at = 0;
  for (const bytes of encoded) {
    view.setUint32(at, bytes.length);
    joined.set(bytes, at + 4);
    at += 4 + bytes.length;
  }
  return joined;
}

export interface BoxParts {
  keyId: string;
  iv: Uint8Array;
  /** Ciphertext with the tag at its end, as WebCrypto wants it. */
  sealed: Uint8Array;
}

/** Splits a box; null when the bytes cannot be one. Says nothing about whether it is authentic. */
export function parseBox(box: Uint8Array): BoxParts | null {
  const keyIdLength = box[2];
  if (box[0] !== BOX_VERSION || box[1] !== BOX_AES_256_GCM || keyIdLength === undefined) return null;
  const ivStart = 3 + keyIdLength;
  const sealedStart = ivStart + BOX_IV_BYTES;
  if (box.length < sealedStart + BOX_TAG_BYTES) return null;
  return {
    keyId: new TextDecoder('utf-8', { ignoreBOM: true }).decode(box.subarray(3, ivStart)),
    iv: box.subarray(ivStart, sealedStart),
    sealed: box.subarray(sealedStart),
  };
}
