import type { Numerical, NumericalFormat } from 'gift-pegjs';
import type { RichText } from '#bank/protocol';
import { parseDecimal, type Decimal } from '#bank/item';
import { decimalText, midpoint } from '../decimal.ts';
import type { ReadItem } from '../kinds/kind-format.ts';
import { refuse, warn, type GiftContext } from './context.ts';

interface NumberAnswer {
  value: string;
  tolerance: string;
}

/** Value with tolerance, or an interval as its middle and half width; several full answers become alternatives. */
export function readNumerical(question: Numerical, stem: RichText, context: GiftContext): ReadItem | null {
  const [first, ...others] = fullAnswers(question, context);
  if (!first) {
    refuse(context, 'gift-no-right');
    return null;
  }
  const alike = others.filter((answer) => answer.tolerance === first.tolerance);
  if (alike.length < others.length) warn(context, 'gift-tolerances');
  return {
    content: { kind: 'numeric', stem },
    key: {
      value: first.value,
      ...(first.tolerance !== '0' && { tolerance: first.tolerance }),
      ...(alike.length > 0 && { alternatives: alike.map((answer) => answer.value) }),
    },
  };
}

function fullAnswers(question: Numerical, context: GiftContext): NumberAnswer[] {
  if (!Array.isArray(question.choices)) return readAnswer(question.choices);
  return question.choices.flatMap(({ isCorrect, weight, text }) => {
    if (isCorrect && (weight === null || weight >= 99.99)) return readAnswer(text);
    if (weight !== null && weight > 0) warn(context, 'gift-partial');
    return [];
  });
}

/** The parser gives numbers; their shortest decimal form is what the file said. */
function decimalOf(value: number | undefined): Decimal | null {
  if (value === undefined) return null;
  const text = String(value);
  return parseDecimal(text.includes('e') ? value.toFixed(20) : text);
}

function readAnswer(answer: NumericalFormat): NumberAnswer[] {
  if (answer.type === 'high-low') {
    const low = decimalOf(answer.numberLow);
    const high = decimalOf(answer.numberHigh);
    if (!low || !high) return [];
    const { middle, half } = midpoint(low, high);
    return [{ value: decimalText(middle), tolerance: decimalText(half) }];
  }
  const value = decimalOf(answer.number);
  const range = decimalOf(answer.range ?? 0);
  return value && range ? [{ value: decimalText(value), tolerance: decimalText(range) }] : [];
}
