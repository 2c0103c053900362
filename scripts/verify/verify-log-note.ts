import { createHash, createPublicKey, verify } from 'node:crypto';

export interface LogKey {
  name: string;
  id: string;
  publicKey: Buffer;
}

export interface Checkpoint {
  origin: string;
  size: number;
  root: Buffer;
}

/** Reads `name+id+base64(0x01 ‖ Ed25519 key)`; null when the id is not the hash of name and key. */
export function readKey(text: string): LogKey | null {
  const [, name, id, encoded] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim()) ?? [];
  const bytes = fromBase64(encoded ?? '');
  if (!name || !id || bytes?.length !== 33 || bytes[0] !== 1) return null;
  const hash = createHash('sha256').update(`${name}\n`).update(bytes).digest('hex');
  return hash.startsWith(id) ? { name, id, publicKey: bytes.subarray(1) } : null;
}

/**
 * Reads a checkpoint that this key has signed (C2SP signed-note and tlog-checkpoint). A string says what is wrong;
 * signatures of other keys, witnesses for example, are left aside.
 */
export function readCheckpoint(note: string, key: LogKey): Checkpoint | string {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) return 'it is not a signed note';
  const text = note.slice(0, end + 1);
  const own = note
    .slice(end + 2, -1)
    .split('\n')
    .map((line) => /^— (\S+) ([A-Za-z0-9+/]+=*)$/.exec(line))
    .filter((match) => match?.[1] === key.name)
    .map((match) => fromBase64(match![2]!) ?? Buffer.alloc(0))
    .filter((bytes) => bytes.subarray(0, 4).toString('hex') === key.id);
  if (own.length === 0) return `it carries no signature of ${key.name} with the key ${key.id}`;
  if (!own.every((bytes) => isSignature(text, bytes.subarray(4), key))) return 'its signature is wrong';
  const [, origin, size, root] = /^(.+)\n(0|[1-9]\d{0,14})\n([A-Za-z0-9+/]{43}=)\n/.exec(text) ?? [];
  const rootBytes = fromBase64(root ?? '');
  if (!origin || size === undefined || !rootBytes) return 'its text is not that of a checkpoint';
  if (origin !== key.name) return `it belongs to the log ${origin}, not to ${key.name}`;
  return { origin, size: Number(size), root: rootBytes };
}

function isSignature(text: string, signature: Buffer, key: LogKey): boolean {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: key.publicKey.toString('base64url') };
  return verify(null, Buffer.from(text), createPublicKey({ key: jwk, format: 'jwk' }), signature);
}

/** Null unless it is the one way to write these bytes. */
function fromBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length > 0 && bytes.toString('base64') === text ? bytes : null;
}
