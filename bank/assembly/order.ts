/** Compares as UTF-8 bytes: the one order of ids in a draw, the same in every language and locale. */
export function byUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
