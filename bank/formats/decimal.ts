import type { Decimal } from '#bank/item';

/** `12.5` for 125 / 10^1: a point, no sign of plus, no zeros that say nothing. */
export function decimalText({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  const sign = units < 0n && units !== 0n ? '-' : '';
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

/** Middle and half width of an interval, exactly. */
export function midpoint(low: Decimal, high: Decimal): { middle: Decimal; half: Decimal } {
  const scale = Math.max(low.scale, high.scale);
  const unitsOf = (decimal: Decimal): bigint => decimal.units * 10n ** BigInt(scale - decimal.scale);
  const sum = unitsOf(low) + unitsOf(high);
  const width = unitsOf(high) - unitsOf(low);
  return { middle: { units: sum * 5n, scale: scale + 1 }, half: { units: width * 5n, scale: scale + 1 } };
}
