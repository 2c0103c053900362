import { randomBytes } from 'node:crypto';

const POOL_BYTES = 4096;
let pool = Buffer.alloc(0);

/** Random bytes for something small that is needed often: taken from a pool, because each call for some costs microseconds. */
export function pooledRandom(bytes: number): Uint8Array {
  if (pool.length < bytes) pool = randomBytes(POOL_BYTES);
  const taken = pool.subarray(0, bytes);
  pool = pool.subarray(bytes);
  return taken;
}

/** A new id: 128 random bits as 22 base64url characters. */
export function newId(): string {
  return randomBytes(16).toString('base64url');
}

/** A new token for one part of an item in one sitting: 48 random bits as 8 base64url characters. */
export function newToken(): string {
  return randomBytes(6).toString('base64url');
}

/** A new 256-bit key: 32 random bytes. */
export function randomKey(): Uint8Array<ArrayBuffer> {
  return new Uint8Array(randomBytes(32));
}
