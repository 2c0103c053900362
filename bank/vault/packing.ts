import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { LIMITS, padTo, PAPER_BOX_STEP } from '#bank/protocol';
import { CryptoError } from './crypto-error.ts';
import { unpad } from './padding.ts';

/**
 * The plaintext of a view box or an index box (layout: `bank/protocol/paper.ts`): JSON, deflated as tightly as it
 * goes, then padded. Compressing comes first, because what is encrypted no longer gets smaller.
 *
 * @throws RangeError when the JSON is over `LIMITS.openedBoxBytes`, so that no box is made that nobody opens
 */
export function packJson(value: unknown): Uint8Array<ArrayBuffer> {
  const json = Buffer.from(JSON.stringify(value), 'utf8');
  if (json.length > LIMITS.openedBoxBytes)
    throw new RangeError(`a box holds at most ${LIMITS.openedBoxBytes} bytes of JSON`);
  const deflated = deflateRawSync(json, { level: 9 });
  const packed = padTo(deflated, PAPER_BOX_STEP);
  json.fill(0);
  deflated.fill(0);
  return packed;
}

/**
 * What `packJson` packed, from a plaintext that came out of a box.
 *
 * @throws CryptoError alike for bytes of another layout and for more JSON than a box may hold
 */
export function unpackJson<T>(plaintext: Uint8Array): T {
  const deflated = unpad(plaintext);
  try {
    const json = inflateRawSync(deflated, { maxOutputLength: LIMITS.openedBoxBytes });
    return JSON.parse(json.toString('utf8')) as T;
  } catch {
    throw new CryptoError();
  }
}
