/**
 * The one error of every failure to open, unwrap or unpad: wrong key, wrong context, changed, truncated or foreign
 * bytes all look the same, and no cause travels with it, so that nothing can be learnt by trying.
 */
export class CryptoError extends Error {
  readonly code = 'crypto';
  constructor() {
    super('the sealed data cannot be opened');
    this.name = 'CryptoError';
  }
}
