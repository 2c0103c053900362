import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxAad, parseBox, type BoxContext } from '#bank/protocol';
import { CryptoError, openBox, randomKey, sealBox } from '#bank/vault';
import { fromHex, toHex, vectors } from './vectors.ts';

const context: BoxContext = { type: 'item', tenant: 'main', object: 'item-1', version: 2, field: 'content' };
const plaintext = new TextEncoder().encode('Câu hỏi về dao động điều hòa');

/** How a browser opens a box: WebCrypto and bank/protocol alone. */
async function openInBrowser(key: Uint8Array<ArrayBuffer>, context: BoxContext, box: Uint8Array) {
  const parts = parseBox(box);
  if (!parts) throw new Error('not a box');
  const aesKey = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
  const parameters = {
    name: 'AES-GCM',
    iv: new Uint8Array(parts.iv),
    additionalData: new Uint8Array(boxAad(context, parts.keyId)),
  };
  return new Uint8Array(await crypto.subtle.decrypt(parameters, aesKey, new Uint8Array(parts.sealed)));
}

/** Everything that can be told from a failure to open. */
function failure(key: Uint8Array, context: BoxContext, box: Uint8Array): unknown {
  try {
    openBox(key, context, box);
  } catch (error) {
    if (!(error instanceof CryptoError)) throw error;
    return { name: error.name, message: error.message, cause: error.cause, fields: { ...error } };
  }
  return 'opened';
}

const theOneFailure = {
  name: 'CryptoError',
  message: 'the sealed data cannot be opened',
  cause: undefined,
  fields: { name: 'CryptoError', code: 'crypto' },
};

describe('fixed vectors', () => {
  test.each(vectors.boxes)('$name opens', (vector) => {
    const opened = openBox(fromHex(vector.key), vector.context, fromHex(vector.box));
    expect(toHex(opened)).toBe(vector.plaintext);
  });

  test.each(vectors.boxes)('$name opens in a browser', async (vector) => {
    const opened = await openInBrowser(fromHex(vector.key), vector.context, fromHex(vector.box));
    expect(toHex(opened)).toBe(vector.plaintext);
  });
});

describe('round trip', () => {
  test('any plaintext, context and key id opens here and in a browser', async () => {
    const contexts = fc.record({
      type: fc.string({ unit: 'grapheme' }),
      tenant: fc.string({ unit: 'grapheme' }),
      object: fc.string({ unit: 'grapheme' }),
      version: fc.nat(),
      field: fc.string({ unit: 'grapheme' }),
    });
    const keyIds = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((id) => Buffer.byteLength(id) < 256);
    await fc.assert(
      fc.asyncProperty(
        contexts,
        keyIds,
        fc.uint8Array({ maxLength: 3000 }),
        async (context, keyId, bytes) => {
          const key = randomKey();
          const box = sealBox(key, keyId, context, bytes);
          expect(openBox(key, context, box)).toEqual(new Uint8Array(bytes));
          expect(await openInBrowser(key, context, box)).toEqual(new Uint8Array(bytes));
        },
      ),
    );
  });

  test('the same plaintext never gives the same box', () => {
    const key = randomKey();
    const boxes = Array.from({ length: 100 }, () => toHex(sealBox(key, 'k', context, plaintext)));
    expect(new Set(boxes).size).toBe(100);
  });

  test('a key id longer than a box can hold is refused', () => {
    expect(() => sealBox(randomKey(), 'x'.repeat(256), context, plaintext)).toThrow(RangeError);
  });
});

describe('what is not the very box fails with the very same error', () => {
  const key = randomKey();
  const box = sealBox(key, 'line.1', context, plaintext);

  test('every bit flipped', () => {
    for (let bit = 0; bit < box.length * 8; bit++) {
      const changed = Uint8Array.from(box);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(failure(key, context, changed), `bit ${bit}`).toEqual(theOneFailure);
    }
  });

  test('truncated to every length, from either end', () => {
    for (let length = 0; length < box.length; length++) {
      expect(failure(key, context, box.subarray(0, length))).toEqual(theOneFailure);
      expect(failure(key, context, box.subarray(box.length - length))).toEqual(theOneFailure);
    }
  });

  test('lengthened', () => {
    for (const byte of [0, 0x80, 255]) {
      expect(failure(key, context, Uint8Array.from([...box, byte]))).toEqual(theOneFailure);
    }
  });

  test('a byte order mark put before the key id', () => {
    const marked = [...box.subarray(0, 2), box[2]! + 3, 0xef, 0xbb, 0xbf, ...box.subarray(3)];
    expect(failure(key, context, Uint8Array.from(marked))).toEqual(theOneFailure);
  });

  test('moved to another type, tenant, object, version or field, rolled back included', () => {
    const others: Partial<BoxContext>[] = [
      { type: 'key' },
      { tenant: 'other' },
      { object: 'item-2' },
      { version: 1 },
      { version: 3 },
      { field: 'key' },
      { object: 'item-12', version: 0 },
      { type: 'ite', tenant: 'mmain' },
    ];
    for (const other of others) {
      expect(failure(key, { ...context, ...other }, box)).toEqual(theOneFailure);
    }
  });

  test('two boxes of one key swapped', () => {
    const second = { ...context, object: 'item-2' };
    const otherBox = sealBox(key, 'line.1', second, plaintext);
    expect(failure(key, context, otherBox)).toEqual(theOneFailure);
    expect(failure(key, second, box)).toEqual(theOneFailure);
  });

  test('opened with another key, or with one of the wrong length', () => {
    expect(failure(randomKey(), context, box)).toEqual(theOneFailure);
    expect(failure(key.subarray(0, 16), context, box)).toEqual(theOneFailure);
    expect(failure(new Uint8Array(), context, box)).toEqual(theOneFailure);
  });
});
