/** An exact decimal number: `units` / 10^`scale`. */
export interface Decimal {
  units: bigint;
  scale: number;
}

const ZERO_WIDTH = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
const MINUS = /[\u2010-\u2013\u2212\ufe63\uff0d]/g;
/** Sign, whole digits (bare, or in groups of three parted by single spaces), one comma or point, digits. */
const NUMBER = /^([+-]?) ?([0-9]{1,3}(?: [0-9]{3})+|[0-9]*)(?:[.,]([0-9]*))?$/;

/** How an item wants numbers typed, each with what it refuses; without one, comma and point are alike. */
const REFUSED = {
  comma: /\./,
  point: /,/,
  // the answer sheet: four columns, minus in the first only, comma in the second or third only
  sheet: /^(?![-0-9][0-9.,]{0,2}[0-9]?$)/,
};
export type NumericEntry = keyof typeof REFUSED;

/** Folds full-width forms, minus look-alikes and white space. */
function foldNumber(text: string): string {
  return text
    .replace(ZERO_WIDTH, '')
    .replace(MINUS, '-')
    .replace(/[\uff0b-\uff19]/g, (char) => String.fromCodePoint((char.codePointAt(0) ?? 0) - 0xfee0))
    .replace(/\s+/g, ' ')
    .trim();
}

/**
 * Reads a number as Vietnamese and international pupils type it; null when it is none.
 *
 * Comma and point both are the decimal mark and never group thousands: `1.234` and `1,234` are both 1 + 234/1000,
 * and a text with two marks (`1.234,5`) is no number. Thousands may be parted by spaces only (`12 345`).
 * `,5`, `0,5`, `0.50` are equal; `5,` is 5. The sign may be `+`, `-`, U+2212, U+2013 and their like. Full-width
 * digits count as digits. No exponent, no hexadecimal, no unit. What `entry` refuses is no number either.
 */
export function parseDecimal(text: string, entry?: NumericEntry): Decimal | null {
  const folded = foldNumber(text);
  const match = NUMBER.exec(folded);
  if (!match || (entry && REFUSED[entry].test(folded))) return null;
  const whole = (match[2] ?? '').replaceAll(' ', '');
  const fraction = match[3] ?? '';
  if (whole + fraction === '') return null;
  const units = BigInt(whole + fraction);
  return { units: match[1] === '-' ? -units : units, scale: fraction.length };
}
