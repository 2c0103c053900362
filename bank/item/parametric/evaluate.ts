import { addFractions, fraction, multiplyFractions, type Fraction } from '#bank/marks';
import type { BinaryOperator, Comparison, Expression, FunctionName } from './expression.ts';

/** Why a formula has no value: a division by zero, a power or rounding that is none, or a number beyond all use. */
export type Fault = 'division' | 'power' | 'places' | 'size' | 'whole';

export class ValueError extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super(`a formula has no value: ${fault}`);
    this.name = 'ValueError';
    this.fault = fault;
  }
}

/** Gives the value of a name; called only for names that the formula reaches. */
export type Lookup = (name: string) => Fraction;

/** Digits of a numerator or denominator; nobody puts longer ones into a question. */
const MAX_DIGITS = 40;
const LARGEST = 10n ** BigInt(MAX_DIGITS);
const MAX_EXPONENT = 40n;
const MAX_PLACES = 15n;
const ZERO = fraction(0n);

/**
 * The exact value of a formula.
 *
 * @throws ValueError
 */
export function evaluate(expression: Expression, lookup: Lookup): Fraction {
  return bounded(valueOf(expression, lookup));
}

/** @throws ValueError */
export function holds({ relation, left, right }: Comparison, lookup: Lookup): boolean {
  const order = compare(evaluate(left, lookup), evaluate(right, lookup));
  switch (relation) {
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** Below 0, 0 or above 0 as `a` is smaller than, equal to or larger than `b`. */
export function compare(a: Fraction, b: Fraction): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** Half away from zero, to so many decimals. */
export function roundTo(value: Fraction, places: bigint): Fraction {
  if (places < 0n || places > MAX_PLACES) throw new ValueError('places');
  const scale = 10n ** places;
  const size = absolute(value);
  const twice = size.numerator * scale * 2n + size.denominator;
  const units = twice / (size.denominator * 2n);
  return fraction(value.numerator < 0n ? -units : units, scale);
}

function valueOf(expression: Expression, lookup: Lookup): Fraction {
  switch (expression.type) {
    case 'number':
      return decimal(expression.text);
    case 'name':
      return lookup(expression.name);
    case 'negative':
      return negative(evaluate(expression.of, lookup));
    case 'binary':
      return combine(
        expression.operator,
        evaluate(expression.left, lookup),
        evaluate(expression.right, lookup),
      );
    case 'call':
      return call(
        expression.name,
        expression.arguments.map((one) => evaluate(one, lookup)),
      );
  }
}

function decimal(text: string): Fraction {
  const [whole = '', decimals = ''] = text.split('.');
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

function combine(operator: BinaryOperator, a: Fraction, b: Fraction): Fraction {
  switch (operator) {
    case '+':
      return addFractions(a, b);
    case '-':
      return addFractions(a, negative(b));
    case '*':
      return multiplyFractions(a, b);
    case '/':
      return divide(a, b);
    case '^':
      return power(a, b);
  }
}

function divide(a: Fraction, b: Fraction): Fraction {
  if (b.numerator === 0n) throw new ValueError('division');
  return multiplyFractions(a, fraction(b.denominator, b.numerator));
}

function power(base: Fraction, { numerator: exponent, denominator }: Fraction): Fraction {
  const size = exponent < 0n ? -exponent : exponent;
  if (denominator !== 1n || size > MAX_EXPONENT) throw new ValueError('power');
  const raised = fraction(base.numerator ** size, base.denominator ** size);
  return exponent < 0n ? divide(fraction(1n), raised) : raised;
}

function call(name: FunctionName, values: readonly Fraction[]): Fraction {
  const [a = ZERO, b = ZERO] = values;
  switch (name) {
    case 'abs':
      return absolute(a);
    case 'floor':
      return fraction(floor(a));
    case 'ceil':
      return fraction(-floor(negative(a)));
    case 'round':
      return roundTo(a, whole(b));
    case 'mod':
      return addFractions(a, negative(multiplyFractions(b, fraction(floor(divide(a, b))))));
    case 'gcd':
      return fraction(greatestCommonDivisor(whole(a), whole(b)));
    case 'lcm': {
      const divisor = greatestCommonDivisor(whole(a), whole(b));
      return divisor === 0n ? ZERO : absolute(fraction(whole(a) * whole(b), divisor));
    }
    case 'min':
      return values.reduce((least, one) => (compare(one, least) < 0 ? one : least));
    case 'max':
      return values.reduce((most, one) => (compare(one, most) > 0 ? one : most));
  }
}

function negative({ numerator, denominator }: Fraction): Fraction {
  return { numerator: -numerator, denominator };
}

function absolute(value: Fraction): Fraction {
  return value.numerator < 0n ? negative(value) : value;
}

function floor({ numerator, denominator }: Fraction): bigint {
  const quotient = numerator / denominator;
  return numerator < 0n && quotient * denominator !== numerator ? quotient - 1n : quotient;
}

function whole({ numerator, denominator }: Fraction): bigint {
  if (denominator !== 1n) throw new ValueError('whole');
  return numerator;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (smaller > 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

function bounded(value: Fraction): Fraction {
  const { numerator, denominator } = value;
  if (numerator > LARGEST || numerator < -LARGEST || denominator > LARGEST) throw new ValueError('size');
  return value;
}
