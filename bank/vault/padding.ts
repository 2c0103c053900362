import { unpad as unpadOrNull } from '#bank/protocol';
import { CryptoError } from './crypto-error.ts';

export { padTo } from '#bank/protocol';

/**
 * Takes the padding of `padTo` off a plaintext that came out of a box.
 *
 * @throws CryptoError when there is no padding
 */
export function unpad(bytes: Uint8Array): Uint8Array {
  const plain = unpadOrNull(bytes);
  if (!plain) throw new CryptoError();
  return plain;
}
