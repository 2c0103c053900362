import { createHash, createHmac, hkdfSync } from 'node:crypto';

type Input = Uint8Array | string;

/** SHA-256 (FIPS 180-4), 32 bytes; strings are hashed as UTF-8. */
export function sha256(data: Input): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(data).digest());
}

/** HMAC-SHA-256 (RFC 2104), 32 bytes; strings are taken as UTF-8. */
export function hmac(key: Uint8Array, data: Input): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHmac('sha256', key).update(data).digest());
}

/** HKDF-SHA-256 (RFC 5869) with an empty salt; 32 bytes unless another length is asked for. */
export function hkdf(key: Uint8Array, info: Input, length = 32): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hkdfSync('sha256', key, new Uint8Array(), info, length));
}
