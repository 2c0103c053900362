import { createCipheriv } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CryptoError,
  hkdf,
  hmac,
  newId,
  newToken,
  padTo,
  randomKey,
  sha256,
  unpad,
  unwrapKey,
  wrapKey,
} from '#bank/vault';
import { fromHex, toHex, vectors } from './vectors.ts';

/** RFC 5649 written out from its text on the bare AES block, for wrapping keys of every length. */
function wrapBySpecification(kek: Uint8Array, key: Uint8Array): Buffer {
  const encrypt = (block: Uint8Array) => {
    const cipher = createCipheriv(`aes-${kek.length * 8}-ecb`, kek, null).setAutoPadding(false);
    return Buffer.concat([cipher.update(block), cipher.final()]);
  };
  const length = Buffer.alloc(4);
  length.writeUInt32BE(key.length);
  let a: Buffer = Buffer.concat([Buffer.from('a65959a6', 'hex'), length]);
  const padded = Buffer.concat([key, Buffer.alloc((8 - (key.length % 8)) % 8)]);
  if (padded.length === 8) return encrypt(Buffer.concat([a, padded]));
  const blocks = Array.from({ length: padded.length / 8 }, (_, i) => padded.subarray(8 * i, 8 * i + 8));
  for (let round = 0; round < 6; round++) {
    for (const [i, block] of blocks.entries()) {
      const result = encrypt(Buffer.concat([a, block]));
      const counter = Buffer.alloc(8);
      counter.writeBigUInt64BE(BigInt(blocks.length * round + i + 1));
      a = Buffer.from(result.subarray(0, 8).map((byte, at) => byte ^ counter[at]!));
      blocks[i] = result.subarray(8);
    }
  }
  return Buffer.concat([a, ...blocks]);
}

describe('key wrap', () => {
  test.each(vectors.rfc5649)('the specification as written here gives $wrapped (RFC 5649 §6)', (vector) => {
    expect(toHex(wrapBySpecification(fromHex(vector.kek), fromHex(vector.key)))).toBe(vector.wrapped);
  });

  test.each(vectors.wycheproof.valid)('Wycheproof $id', (vector) => {
    expect(toHex(wrapKey(fromHex(vector.kek), fromHex(vector.key)))).toBe(vector.wrapped);
    expect(toHex(unwrapKey(fromHex(vector.kek), fromHex(vector.wrapped)))).toBe(vector.key);
  });

  test.each(vectors.wycheproof.invalid)('Wycheproof $id is refused: $why', (vector) => {
    expect(() => unwrapKey(fromHex(vector.kek), fromHex(vector.wrapped))).toThrow(CryptoError);
  });

  test('agrees with the specification for keys of every length', () => {
    const kek = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(kek, fc.uint8Array({ minLength: 1, maxLength: 80 }), (kek, key) => {
        expect(toHex(wrapKey(kek, key))).toBe(toHex(wrapBySpecification(kek, key)));
      }),
    );
  });

  test('a wrapped key that was changed, shortened or wrapped by another key is refused alike', () => {
    const kek = randomKey();
    const wrapped = wrapKey(kek, randomKey());
    expect(wrapped).toHaveLength(40);
    expect(() => unwrapKey(randomKey(), wrapped)).toThrow(new CryptoError());
    for (let at = 0; at < wrapped.length; at++) {
      const changed = Uint8Array.from(wrapped);
      changed[at]! ^= 1;
      expect(() => unwrapKey(kek, changed)).toThrow(new CryptoError());
      expect(() => unwrapKey(kek, wrapped.subarray(0, at))).toThrow(new CryptoError());
    }
  });

  test('a wrapping key of less than 256 bits is refused', () => {
    expect(() => wrapKey(randomKey().subarray(0, 16), randomKey())).toThrow('Invalid key length');
  });
});

describe('derivation, padding, ids', () => {
  test('HKDF gives the bytes of RFC 5869, case 3', () => {
    const { ikm, info, length, okm } = vectors.hkdf;
    expect(toHex(hkdf(fromHex(ikm), info, length))).toBe(okm);
    expect(hkdf(randomKey(), 'purpose')).toHaveLength(32);
  });

  test('SHA-256 and HMAC-SHA-256 give the published bytes', () => {
    expect(toHex(sha256('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(toHex(hmac(Buffer.from('Jefe'), 'what do ya want for nothing?'))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
  });

  test('padding comes off again, whatever the bytes end with', () => {
    const endings = fc.array(fc.constantFrom(0, 0x80, 1), { maxLength: 70 });
    fc.assert(
      fc.property(endings, fc.integer({ min: 1, max: 64 }), (bytes, multiple) => {
        const padded = padTo(Uint8Array.from(bytes), multiple);
        expect(padded.length % multiple).toBe(0);
        expect(padded.length - bytes.length).toBeLessThanOrEqual(multiple);
        expect([...unpad(padded)]).toEqual(bytes);
      }),
    );
    expect(() => unpad(new Uint8Array(16))).toThrow(CryptoError);
    expect(() => unpad(new Uint8Array())).toThrow(CryptoError);
  });

  test('ids and tokens have their length and do not repeat', () => {
    const ids = Array.from({ length: 1000 }, newId);
    const tokens = Array.from({ length: 1000 }, newToken);
    expect(ids.every((id) => /^[A-Za-z0-9_-]{22}$/.test(id))).toBe(true);
    expect(tokens.every((token) => /^[A-Za-z0-9_-]{8}$/.test(token))).toBe(true);
    expect(new Set([...ids, ...tokens]).size).toBe(2000);
  });
});
