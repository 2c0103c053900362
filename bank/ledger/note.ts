import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64, toBase64 } from './base64.ts';

/** Signature type of C2SP signed-note: Ed25519 over the note text. */
const ED25519 = 0x01;
const KEY_ID_BYTES = 4;
const PUBLIC_KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const SIGNATURE_LINE = /^— (\S+) (\S+)$/;
/** Control characters below U+0020 other than newline, which no note may hold. */
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0009\u000b-\u001f]/;

/** Name and Ed25519 public key (32 bytes) of who signs notes. */
export interface NoteKey {
  name: string;
  publicKey: Uint8Array;
}

/** A signature by a `NoteKey` over the bytes of a note text; Ed25519 (RFC 8032), 64 bytes. */
export type Sign = (message: Uint8Array) => Uint8Array;
export type Verify = (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean;

/** Key id: the first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key). */
function keyId({ name, publicKey }: NoteKey): Uint8Array {
  const named = concatBytes(utf8ToBytes(`${name}\n`), Uint8Array.of(ED25519), publicKey);
  return sha256(named).subarray(0, KEY_ID_BYTES);
}

/** Text form of a verifier key: `name+id in hex+base64(0x01 ‖ public key)`. */
export function formatVerifierKey(key: NoteKey): string {
  requireName(key.name);
  const encoded = toBase64(concatBytes(Uint8Array.of(ED25519), key.publicKey));
  return `${key.name}+${bytesToHex(keyId(key))}+${encoded}`;
}

/** Reads a verifier key; null when it is not one for Ed25519 or its id does not fit. */
export function parseVerifierKey(text: string): NoteKey | null {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? [];
  const bytes = fromBase64(encoded ?? '');
  if (!name || bytes?.[0] !== ED25519 || bytes.length !== 1 + PUBLIC_KEY_BYTES) return null;
  const key = { name, publicKey: bytes.subarray(1) };
  return bytesToHex(keyId(key)) === id ? key : null;
}

/**
 * Signs a text that ends with a newline, as C2SP signed-note: the text, an empty line, the signature line.
 *
 * @throws RangeError when the text cannot be that of a note
 */
export function signNote(text: string, key: NoteKey, sign: Sign): string {
  requireName(key.name);
  if (!text.endsWith('\n') || FORBIDDEN.test(text)) throw new RangeError('not the text of a note');
  const signature = concatBytes(keyId(key), sign(utf8ToBytes(text)));
  return `${text}\n— ${key.name} ${toBase64(signature)}\n`;
}

/**
 * Checks a note against one trusted key and returns its text; null when no signature of that key is on it or one of
 * them is wrong. Signatures of other keys are ignored.
 */
export function openNote(note: string, key: NoteKey, verify: Verify): string | null {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n') || FORBIDDEN.test(note)) return null;
  const text = note.slice(0, end + 1);
  const id = bytesToHex(keyId(key));
  let signed = false;
  for (const line of note.slice(end + 2, -1).split('\n')) {
    const [, name, encoded] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = fromBase64(encoded ?? '');
    if (!name || !bytes || bytes.length <= KEY_ID_BYTES) return null;
    if (name !== key.name || bytesToHex(bytes.subarray(0, KEY_ID_BYTES)) !== id) continue;
    const signature = bytes.subarray(KEY_ID_BYTES);
    if (signature.length !== SIGNATURE_BYTES) return null;
    if (!verify(key.publicKey, utf8ToBytes(text), signature)) return null;
    signed = true;
  }
  return signed ? text : null;
}

function requireName(name: string): void {
  if (!/^[^\s+]+$/.test(name)) throw new RangeError('a key name has no spaces and no plus sign');
}
