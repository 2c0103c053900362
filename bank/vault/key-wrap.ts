import { createCipheriv, createDecipheriv } from 'node:crypto';
import { CryptoError } from './crypto-error.ts';

/** AES-256 key wrap with padding: RFC 5649, NIST SP 800-38F "KWP". */
const CIPHER = 'id-aes256-wrap-pad';
/** The alternative initial value of RFC 5649 §3. */
const INITIAL_VALUE = Buffer.from('a65959a6', 'hex');
/** The shortest wrapped key; OpenSSL takes an empty one for an empty key instead of refusing it. */
const SHORTEST = 16;

/** Wraps a key under a 32-byte wrapping key; a 32-byte key gives 40 bytes. */
export function wrapKey(wrappingKey: Uint8Array, key: Uint8Array): Uint8Array<ArrayBuffer> {
  const cipher = createCipheriv(CIPHER, wrappingKey, INITIAL_VALUE);
  return new Uint8Array(Buffer.concat([cipher.update(key), cipher.final()]));
}

/**
 * Takes a wrapped key out again.
 *
 * @throws CryptoError when it was not wrapped under this key or its bytes were changed
 */
export function unwrapKey(wrappingKey: Uint8Array, wrapped: Uint8Array): Uint8Array<ArrayBuffer> {
  if (wrapped.length < SHORTEST) throw new CryptoError();
  try {
    const decipher = createDecipheriv(CIPHER, wrappingKey, INITIAL_VALUE);
    return new Uint8Array(Buffer.concat([decipher.update(wrapped), decipher.final()]));
  } catch {
    throw new CryptoError();
  }
}
