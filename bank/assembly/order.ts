/**
 * Compares as UTF-8 bytes: the one order of ids in a draw, the same in every language and locale. Strings are compared
 * by their UTF-16 units without being encoded, which gives the same order once surrogates count above all others.
 */
export function byUtf8(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let at = 0; at < end; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (x !== y) return inUtf8(x) - inUtf8(y);
  }
  return a.length - b.length;
}

function inUtf8(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}
