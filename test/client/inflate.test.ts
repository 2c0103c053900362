import { deflateRawSync, deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { unpad } from '#bank/protocol';
import { packJson } from '#bank/vault';
import { inflateText } from '../../client/candidate/device/inflate.ts';

const LIMIT = 100_000;

/** As in Safari before 16.4, Firefox before 113 and Chrome before 103. */
function OldDecompressionStream(format: string): void {
  throw new TypeError(`Unsupported compression format: '${format}'`);
}

/** The browser as it is, one that knows no raw DEFLATE, one that has no such streams at all. */
const BROWSERS: readonly [string, unknown][] = [
  ['a browser of today', DecompressionStream],
  ['an older browser', OldDecompressionStream],
  ['a very old browser', undefined],
];

const bytes = (value: Uint8Array) => new Uint8Array(value);
const deflated = (text: string) => bytes(deflateRawSync(text, { level: 9 }));

afterEach(() => vi.unstubAllGlobals());

describe.each(BROWSERS)('what was packed, in %s', (_name, stream) => {
  const inBrowser = (packed: Uint8Array<ArrayBuffer>, limit = LIMIT) => {
    vi.stubGlobal('DecompressionStream', stream);
    return inflateText(packed, limit);
  };

  it('comes out as it went in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (value) => {
        const content = unpad(packJson(value));
        expect(await inBrowser(content!)).toBe(JSON.stringify(value));
      }),
    );
  });

  it('comes out whole when it is long and its letters need several bytes', async () => {
    const text = Array.from({ length: 3_000 }, (_, i) => `câu ${i}: ẬỄỖ 🎓`).join('\n');
    expect(await inBrowser(deflated(text))).toBe(text);
  });

  it.each<[string, Uint8Array<ArrayBuffer>]>([
    ['has a zlib frame', bytes(deflateSync('một hai ba'.repeat(20)))],
    ['breaks off', deflated('một hai ba bốn năm'.repeat(20)).subarray(0, -5)],
    ['has a block of a kind that does not exist', Uint8Array.of(0b111, 0, 0)],
  ])('is refused when it %s', async (_what, wrong) => {
    await expect(inBrowser(wrong)).rejects.toThrow(/./);
  });

  it('is refused as soon as it grows over the limit', async () => {
    const text = 'a'.repeat(LIMIT);
    expect(await inBrowser(deflated(text))).toBe(text);
    await expect(inBrowser(deflated(`${text}a`))).rejects.toThrow('too long');
    await expect(inBrowser(deflated('a'.repeat(500 * LIMIT)))).rejects.toThrow('too long');
  });
});
