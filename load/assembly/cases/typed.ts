import type { NumericKey } from '#bank/item';
import {
  amount,
  atMost,
  equal,
  minus,
  plus,
  ratio,
  times,
  toDecimals,
  toDigits,
  type Rational,
} from '../oracle/rational.ts';
import { allIf, STEM, type Case } from './case.ts';
import type { Chance } from './random.ts';

/** A decimal by its integer of 10^-places, as text and as a number. */
interface Typed {
  text: string;
  value: Rational;
}

export function decimalOf(units: number, places: number, mark = ','): Typed {
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const text = places === 0 ? whole : `${whole}${mark}${digits.slice(-places)}`;
  return { text: units < 0 ? `-${text}` : text, value: ratio(units, 10n ** BigInt(places)) };
}

type Rule = (
  chance: Chance,
  key: Typed,
) => { key: Omit<NumericKey, 'value'>; takes(given: Rational): boolean };

/** Absolute, relative, a range, and equality after rounding. */
const RULES: readonly Rule[] = [
  (chance, { value }) => {
    const reach = decimalOf(chance.below(60), 2);
    return { key: { tolerance: reach.text }, takes: (given) => isNear(given, value, reach.value) };
  },
  (chance, { value }) => {
    const percent = decimalOf(chance.below(100), 1);
    const reach = times(amount(value), times(percent.value, ratio(1, 100)));
    return { key: { tolerance: `${percent.text}%` }, takes: (given) => isNear(given, value, reach) };
  },
  (chance, { value }) => {
    const width = decimalOf(chance.below(50), 2);
    const most = plus(value, width.value);
    const upTo = decimalText(most);
    return { key: { upTo }, takes: (given) => atMost(value, given) && atMost(given, most) };
  },
  (chance, { value }) => {
    const decimals = chance.below(3);
    const takes = (given: Rational) => equal(toDecimals(given, decimals), toDecimals(value, decimals));
    return { key: { round: { decimals } }, takes };
  },
  (chance, { value }) => {
    const digits = 1 + chance.below(4);
    const takes = (given: Rational) => equal(toDigits(given, digits), toDigits(value, digits));
    return { key: { round: { digits } }, takes };
  },
];

function isNear(given: Rational, value: Rational, reach: Rational): boolean {
  return atMost(amount(minus(given, value)), reach);
}

/** A fraction over a power of ten, as a decimal. */
function decimalText([numerator, denominator]: Rational): string {
  const places = String(denominator).length - 1;
  return decimalOf(Number(numerator), places, '.').text;
}

export function numericCase(chance: Chance): Case {
  const key = decimalOf(chance.below(2_001) - 1_000, 2);
  const rule = chance.pick(RULES)(chance, key);
  const mark = chance.pick([',', '.']);
  const near = Number(key.value[0]) * 10 + chance.below(1_201) - 600;
  const given = decimalOf(near, 3, mark);
  const entry = chance.pick(['any', 'any', 'comma', 'point'] as const);
  const isRefused = (entry === 'comma' && mark === '.') || (entry === 'point' && mark === ',');
  return {
    content: { kind: 'numeric', stem: STEM, ...(entry !== 'any' && { entry }) },
    key: { value: key.text, ...rule.key },
    response: { x: given.text.replace('-', chance.pick(['-', '\u2212', '\u2013'])) },
    expected: allIf(!isRefused && rule.takes(given.value)),
  };
}

const WORDS = ['điều hoà', 'dao động', 'kỳ thi', 'năng lượng', 'tần số', 'biên độ', 'gia tốc', 'lý thuyết'];

/** Ways of typing that never count, and those that count unless the author lets them pass. */
const TYPING = {
  plain: (word: string) => word,
  decomposed: (word: string) => word.normalize('NFD'),
  spaced: (word: string) => ` ${word.replace(' ', '\u00a0 ')}`,
  invisible: (word: string) => word.replace(' ', ' \u200b'),
  oldTone: (word: string) => word.replace('hoà', 'hòa'),
  capitals: (word: string) => word.toUpperCase(),
  toneless: (word: string) => word.normalize('NFD').replace(/[\u0300\u0301\u0303\u0309\u0323]/g, ''),
  dotted: (word: string) => word.replace('ỳ', 'ì').replace('lý', 'lí'),
} as const;
const WAYS = Object.keys(TYPING) as (keyof typeof TYPING)[];

export function textCase(chance: Chance): Case {
  const [accepted, given] = [chance.pick(WORDS), chance.below(2) ? chance.pick(WORDS) : undefined];
  const word = given ?? accepted;
  const way = chance.pick(WAYS);
  const typed = TYPING[way](word);
  const caseSensitive = chance.below(2) === 1;
  const folds = chance.some(['tones', 'iy'] as const);
  const isUntouched = typed.normalize('NFC') === word;
  const passes = {
    capitals: !caseSensitive,
    toneless: folds.includes('tones'),
    dotted: folds.includes('iy'),
  } as Partial<Record<keyof typeof TYPING, boolean>>;
  const isRight = word === accepted && (isUntouched || (passes[way] ?? true));
  return {
    content: { kind: 'shortText', stem: STEM },
    key: {
      accepted: [accepted],
      ...(caseSensitive && { caseSensitive: true as const }),
      ...(folds.length > 0 && { folds }),
    },
    response: { x: typed },
    expected: allIf(isRight),
  };
}
