import type { Fraction } from '#bank/marks';
import { roundTo } from './evaluate.ts';

/** `text` is for running text, `tex` for formulas, `decimal` for keys; the last is null for what has no end. */
export interface WrittenNumber {
  text: string;
  tex: string;
  decimal: string | null;
}

/**
 * A value as it is written in a question, with the Vietnamese comma: a decimal number where it ends, else a fraction.
 *
 * @param decimals to which it is rounded first; absent: exact
 */
export function writeNumber(value: Fraction, decimals?: number): WrittenNumber {
  const rounded = decimals === undefined ? value : roundTo(value, BigInt(decimals));
  const decimal = decimalOf(rounded);
  if (decimal !== null) return { text: decimal.replace('.', ','), tex: decimal.replace('.', '{,}'), decimal };
  const { numerator, denominator } = rounded;
  const sign = numerator < 0n ? '-' : '';
  const size = numerator < 0n ? -numerator : numerator;
  return {
    text: `${sign}${size}/${denominator}`,
    tex: `${sign}\\frac{${size}}{${denominator}}`,
    decimal: null,
  };
}

/** The same with a sign that stands between two terms: `+ 3`, `- 3`. */
export function signed(written: string): string {
  return written.startsWith('-') ? `- ${written.slice(1)}` : `+ ${written}`;
}

/** A decimal number ends when nothing but 2 and 5 divides the denominator. */
function decimalOf({ numerator, denominator }: Fraction): string | null {
  let [rest, places] = [denominator, 0];
  for (const [prime, other] of [
    [10n, 1n],
    [2n, 5n],
    [5n, 2n],
  ] as const) {
    while (rest % prime === 0n) {
      rest /= prime;
      numerator *= other;
      places++;
    }
  }
  if (rest !== 1n) return null;
  const digits = (numerator < 0n ? -numerator : numerator).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const sign = numerator < 0n ? '-' : '';
  return places === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-places)}`;
}
