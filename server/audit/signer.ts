import { createPublicKey, sign, verify } from 'node:crypto';
import type { BoxContext } from '#bank/protocol';
import { openNote, signNote, type NoteKey, type Sign, type Verify } from '#bank/ledger';
import { randomKey } from '#bank/vault';
import { ed25519Key, type Keyring } from '#server/keys';
import type { Sealed } from '#server/storage';

/** Signs the notes of one log and knows its own again. */
export interface Signer {
  key: NoteKey;
  sign(text: string): string;
  /** The text of a note that this log signed; null for any other. */
  open(note: string): string | null;
}

/** The line that everything of the ledger hangs on: its signing key and its pseudonyms. */
export const LEDGER_LINE = 'ledger';

/** A new signing key, sealed. */
export async function newSeed(keyring: Keyring, origin: string): Promise<{ seed: Sealed; signer: Signer }> {
  const bytes = randomKey();
  const seed = await keyring.seal(LEDGER_LINE, seedContext(origin), bytes);
  return { seed, signer: signerOf(origin, bytes) };
}

export async function openSeed(keyring: Keyring, origin: string, seed: Sealed): Promise<Signer> {
  return signerOf(origin, await keyring.open(LEDGER_LINE, seedContext(origin), seed));
}

function signerOf(origin: string, seed: Uint8Array): Signer {
  const privateKey = ed25519Key(seed);
  const jwk = createPublicKey(privateKey).export({ format: 'jwk' });
  const key = { name: origin, publicKey: Buffer.from(jwk.x!, 'base64url') };
  const signBytes: Sign = (message) => sign(null, message, privateKey);
  return {
    key,
    sign: (text) => signNote(text, key, signBytes),
    open: (note) => openNote(note, key, verifyEd25519),
  };
}

const verifyEd25519: Verify = (publicKey, message, signature) => {
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, message, key, signature);
};

function seedContext(origin: string): BoxContext {
  return { type: 'ledger', tenant: '', object: origin, version: 1, field: 'seed' };
}
