import { deflateRawSync, deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIMITS, padTo, PAPER_BOX_STEP } from '#bank/protocol';
import { CryptoError, packJson, unpackJson } from '#bank/vault';

const json = (value: unknown) => Buffer.from(JSON.stringify(value));
const padded = (bytes: Uint8Array) => padTo(bytes, PAPER_BOX_STEP);

describe('the plaintext of a view or index box', () => {
  test('gives back any JSON, in steps of 256 bytes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const packed = packJson(value);
        expect(packed.length % 256).toBe(0);
        expect(unpackJson(packed)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('is a raw DEFLATE stream of UTF-8, 0x80 and zeros, as others would write it', () => {
    const value = { stem: 'Dao động điều hoà: ẬỄỖ' };
    expect(packJson(value)).toEqual(padded(deflateRawSync(json(value), { level: 9 })));
  });

  test('of two questions of about the same length has the same size', () => {
    const lengths = ['Ngắn.', 'Một câu hỏi dài hơn một chút, nhưng không nhiều.'].map(
      (stem) => packJson({ kind: 'numeric', stem }).length,
    );
    expect(lengths).toEqual([256, 256]);
  });

  test.each<[string, Uint8Array]>([
    ['no padding', deflateRawSync(json('x'))],
    ['nothing but zeros', new Uint8Array(256)],
    ['a zlib frame', padded(deflateSync(json('x'.repeat(99))))],
    ['JSON that is not deflated', padded(json({ kind: 'numeric' }))],
    ['a stream that breaks off', padded(deflateRawSync(json('một hai ba'.repeat(9))).subarray(0, -4))],
    ['no JSON', padded(deflateRawSync(Buffer.from('{"kind":')))],
    ['no bytes at all', new Uint8Array()],
  ])('that is %s is refused like any other that does not open', (_what, bytes) => {
    expect(() => unpackJson(bytes)).toThrow(new CryptoError());
  });

  test('that would grow over the limit is refused, and is not made', () => {
    const text = '0'.repeat(LIMITS.openedBoxBytes);
    const bomb = padded(deflateRawSync(json(text)));
    expect(bomb.length).toBeLessThan(10_000);
    expect(() => unpackJson(bomb)).toThrow(new CryptoError());
    expect(() => packJson(text)).toThrow(RangeError);
    expect(unpackJson<string>(packJson(text.slice(2)))).toHaveLength(LIMITS.openedBoxBytes - 2);
  });
});
