import { createPrivateKey, createPublicKey } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { JWK } from 'jose';
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint';
import { CompactSign } from 'jose/jws/compact/sign';
import type { Keyring } from '#server/keys';

/** PKCS #8 frame of an Ed25519 seed (RFC 8410 §7). */
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

export interface Signing {
  /** A compact JWS (RFC 7515) over the canonical JSON (RFC 8785) of the claims; `type` is its `typ`. */
  sign(type: string, claims: object): Promise<string>;
  /** The public keys that it is checked with, a JWK set (RFC 7517). */
  readonly keys: { keys: JWK[] };
}

/** Signs with EdDSA under a key that follows from the line `receipts`. */
export async function createSigning(keyring: Keyring): Promise<Signing> {
  const seed = await keyring.derive('receipts', 'signing');
  const key = createPrivateKey({ key: Buffer.concat([ED25519_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const publicKey: JWK = createPublicKey(key).export({ format: 'jwk' });
  const kid = await calculateJwkThumbprint(publicKey);
  return {
    keys: { keys: [{ ...publicKey, kid, alg: 'EdDSA', use: 'sig' }] },
    sign: (typ, claims) =>
      new CompactSign(Buffer.from(canonicalize(claims) ?? ''))
        .setProtectedHeader({ alg: 'EdDSA', typ, kid })
        .sign(key),
  };
}
