import type { Language } from './message.ts';

/**
 * A mark as an integer of 1/100 point: 825 is 8.25. Marks are never kept or computed as fractions of a float.
 */
export type Hundredths = number;

const MARK = /^([0-9]{1,6})(?:[.,]([0-9]{1,2}))?$/;

/** Reads `8`, `8,5`, `8,25` or `8.25`; null when it is no mark or has more than two decimals. */
export function parseMark(text: string): Hundredths | null {
  const match = MARK.exec(text.trim());
  if (!match) return null;
  return Number((match[1] ?? '') + (match[2] ?? '').padEnd(2, '0'));
}

/** `8,25` in Vietnamese, `8.25` in English; always two decimals. */
export function formatMark(mark: Hundredths, language: Language): string {
  assertMark(mark);
  const digits = String(mark).padStart(3, '0');
  return `${digits.slice(0, -2)}${language === 'vi' ? ',' : '.'}${digits.slice(-2)}`;
}

/** @throws RangeError unless `mark` is an integer of at least 0 that arithmetic keeps exact */
export function assertMark(mark: number): void {
  if (!Number.isSafeInteger(mark) || mark < 0) throw new RangeError('a mark is a whole number of hundredths');
}
