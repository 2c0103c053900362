import { createCipheriv, createDecipheriv } from 'node:crypto';
import {
  boxAad,
  parseBox,
  BOX_AES_256_GCM,
  BOX_IV_BYTES,
  BOX_TAG_BYTES,
  BOX_VERSION,
  type BoxContext,
} from '#bank/protocol';
import { CryptoError } from './crypto-error.ts';
import { pooledRandom } from './random.ts';

const CIPHER = 'aes-256-gcm';
const options = { authTagLength: BOX_TAG_BYTES };

/**
 * Encrypts into Box v1 (layout and associated data: `bank/protocol/box.ts`) under a 32-byte key with a random IV.
 * One key may make at most 2^32 boxes (NIST SP 800-38D); data keys here make one or few.
 *
 * @param keyId name of the key as it stands in the box, at most 255 bytes of UTF-8
 */
export function sealBox(
  key: Uint8Array,
  keyId: string,
  context: BoxContext,
  plaintext: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const id = Buffer.from(keyId);
  if (id.length > 255) throw new RangeError('a key id has at most 255 bytes');
  const iv = pooledRandom(BOX_IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, options);
  cipher.setAAD(boxAad(context, keyId));
  const ciphertext = cipher.update(plaintext);
  cipher.final(); // of a stream cipher nothing is left
  const header = [BOX_VERSION, BOX_AES_256_GCM, id.length];
  return joined([header, id, iv, ciphertext, cipher.getAuthTag()]);
}

/**
 * Opens a box; nothing is returned before the tag has been checked over all of it.
 *
 * @throws CryptoError alike for a wrong key, another context, and changed or truncated bytes
 */
export function openBox(key: Uint8Array, context: BoxContext, box: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts = parseBox(box);
  if (!parts) throw new CryptoError();
  const tagStart = parts.sealed.length - BOX_TAG_BYTES;
  try {
    const decipher = createDecipheriv(CIPHER, key, parts.iv, options);
    decipher.setAAD(boxAad(context, parts.keyId));
    decipher.setAuthTag(parts.sealed.subarray(tagStart));
    const start = decipher.update(parts.sealed.subarray(0, tagStart));
    return new Uint8Array(Buffer.concat([start, decipher.final()]));
  } catch {
    throw new CryptoError();
  }
}

function joined(parts: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
