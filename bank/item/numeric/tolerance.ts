import type { Tolerance } from './compare.ts';
import { parseDecimal } from './decimal.ts';

/** Reads `0,05` or `2%`; null when it is neither, or below 0. */
export function parseTolerance(text: string): Tolerance | null {
  const isPercent = text.trimEnd().endsWith('%');
  const amount = parseDecimal(isPercent ? text.trimEnd().slice(0, -1) : text);
  return amount && amount.units >= 0n ? { amount, isPercent } : null;
}
