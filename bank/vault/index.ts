export { openBox, sealBox } from './box.ts';
export { CROCKFORD, newCode, readCode } from './crockford.ts';
export { CryptoError } from './crypto-error.ts';
export { hkdf, hmac, sha256 } from './digest.ts';
export { unwrapKey, wrapKey } from './key-wrap.ts';
export { packJson, unpackJson } from './packing.ts';
export { padTo, unpad } from './padding.ts';
export { newId, newToken, randomKey } from './random.ts';
