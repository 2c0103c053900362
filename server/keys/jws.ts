import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { JWK } from 'jose';
import { importJWK } from 'jose/key/import';
import { calculateJwkThumbprint } from 'jose/jwk/thumbprint';
import { CompactSign } from 'jose/jws/compact/sign';
import { compactVerify } from 'jose/jws/compact/verify';

/** Signs statements as compact JWS (RFC 7515) with EdDSA. */
export interface JwsSigner {
  /** What checks the signatures; `kid` is the thumbprint of RFC 7638, `x` the 32 bytes of the key in base64url. */
  readonly publicKey: JWK & { kid: string; x: string };
  /** Signs the canonical JSON (RFC 8785) of the claims; `typ` says what kind of statement it is. */
  sign(typ: string, claims: object): Promise<string>;
}

/** PKCS #8 frame of an Ed25519 seed (RFC 8410 §7). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** The Ed25519 private key that follows from a 32-byte seed. */
export function ed25519Key(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

/** A signer whose key follows from a 32-byte seed. */
export async function createJwsSigner(seed: Uint8Array): Promise<JwsSigner> {
  const key = ed25519Key(seed);
  const publicKey = await publicJwk(createPublicKey(key).export({ format: 'jwk' }).x ?? '');
  return {
    publicKey,
    sign: (typ, claims) =>
      new CompactSign(Buffer.from(canonicalize(claims) ?? ''))
        .setProtectedHeader({ alg: 'EdDSA', typ, kid: publicKey.kid })
        .sign(key),
  };
}

/**
 * The claims of a statement of this kind, when the holder of the key signed exactly these bytes; null otherwise.
 * `x` is the 32 bytes of the public key in base64url.
 */
export async function openJws(jws: string, typ: string, x: string): Promise<unknown> {
  try {
    const key = await importJWK(await publicJwk(x), 'EdDSA');
    const { payload, protectedHeader } = await compactVerify(jws, key, { algorithms: ['EdDSA'] });
    return protectedHeader.typ === typ ? JSON.parse(Buffer.from(payload).toString()) : null;
  } catch {
    return null;
  }
}

async function publicJwk(x: string): Promise<JwsSigner['publicKey']> {
  const key = { kty: 'OKP', crv: 'Ed25519', x };
  return { ...key, kid: await calculateJwkThumbprint(key), alg: 'EdDSA', use: 'sig' };
}
