/** Bytes of base64 or base64url text. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

/** `count` random bytes as base64url text. */
export function randomText(count: number): string {
  const binary = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(count)));
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
}
