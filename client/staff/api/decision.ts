/** Names a decision before it is sent, so that sending it twice decides once: 128 bits, base64url. */
export function newDecision(): string {
  const bytes = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)));
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
