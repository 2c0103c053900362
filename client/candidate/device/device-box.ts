import { lengthPrefixed } from '#bank/protocol';

/** A JSON value encrypted with AES-256-GCM under a key that only this browser profile can use. */
export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  box: ArrayBuffer;
}

function algorithm(iv: Uint8Array<ArrayBuffer>, parts: string[]) {
  const additionalData = lengthPrefixed(['niem/outbox/1', ...parts]) as Uint8Array<ArrayBuffer>;
  return { name: 'AES-GCM', iv, additionalData };
}

/** `parts` say what the value is; under others it does not open. */
export async function seal(key: CryptoKey, parts: string[], value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(JSON.stringify(value));
  return { iv, box: await crypto.subtle.encrypt(algorithm(iv, parts), key, plain) };
}

export async function open<T>(key: CryptoKey, parts: string[], { iv, box }: Sealed): Promise<T> {
  const plain = await crypto.subtle.decrypt(algorithm(iv, parts), key, box);
  return JSON.parse(new TextDecoder().decode(plain)) as T;
}
