import type { Decimal } from './decimal.ts';

/** How far a number may lie from the key: so many, or so many percent of the key's amount. */
export interface Tolerance {
  amount: Decimal;
  isPercent: boolean;
}

/** Both are rounded to this many decimals, or significant digits, before they are compared. */
export type Rounded = { decimals: number } | { digits: number };

function unitsAt({ units, scale }: Decimal, common: number): bigint {
  return units * 10n ** BigInt(common - scale);
}

function amountOf(units: bigint): bigint {
  return units < 0n ? -units : units;
}

/** a − b, exactly: below, equal to or above 0n. */
export function difference(a: Decimal, b: Decimal): bigint {
  const scale = Math.max(a.scale, b.scale);
  return unitsAt(a, scale) - unitsAt(b, scale);
}

/** The tolerance as a number: percent are of the key's amount, so that a negative key has its ends in order too. */
function reach(key: Decimal, { amount, isPercent }: Tolerance): Decimal {
  if (!isPercent) return amount;
  return { units: amountOf(key.units) * amount.units, scale: key.scale + amount.scale + 2 };
}

function add(a: Decimal, b: Decimal, sign: 1n | -1n): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + sign * unitsAt(b, scale), scale };
}

/** Whether a number lies from `least` to `most`, each end moved outwards by the tolerance; both ends are right. */
export function liesBetween(given: Decimal, least: Decimal, most: Decimal, tolerance: Tolerance): boolean {
  const low = add(least, reach(least, tolerance), -1n);
  const high = add(most, reach(most, tolerance), 1n);
  return difference(given, low) >= 0n && difference(given, high) <= 0n;
}

/** Equality after rounding, half away from zero (QTI `equalRounded`). */
export function equalRounded(a: Decimal, b: Decimal, to: Rounded): boolean {
  return difference(roundTo(a, to), roundTo(b, to)) === 0n;
}

function roundTo(value: Decimal, to: Rounded): Decimal {
  const amount = amountOf(value.units);
  const digits = amount === 0n ? 0 : String(amount).length;
  const dropped = 'decimals' in to ? value.scale - to.decimals : digits - to.digits;
  if (dropped <= 0) return value;
  const step = 10n ** BigInt(dropped);
  const rounded = ((amount * 2n + step) / (step * 2n)) * step;
  return { units: value.units < 0n ? -rounded : rounded, scale: value.scale };
}
