import { readFileSync } from 'node:fs';
import type { BoxContext } from '#bank/protocol';

interface WrapVector {
  kek: string;
  key: string;
  wrapped: string;
}

interface Vectors {
  boxes: {
    name: string;
    key: string;
    keyId: string;
    context: BoxContext;
    plaintext: string;
    box: string;
  }[];
  rfc5649: WrapVector[];
  wycheproof: { valid: WrapVector[]; invalid: { id: number; why: string; kek: string; wrapped: string }[] };
  hkdf: { ikm: string; info: string; length: number; okm: string };
}

export const vectors: Vectors = JSON.parse(readFileSync(new URL('vectors.json', import.meta.url), 'utf8'));

export const fromHex = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'hex'));
export const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
