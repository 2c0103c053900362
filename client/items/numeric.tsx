import { parseDecimal, type NumericEntry } from '#bank/item';
import type { ItemProps } from './item-props.ts';
import { Typed } from './typed.tsx';

/** A number as Vietnamese print has it: decimal comma, true minus sign, every digit that was typed. */
export function formatDecimal(text: string, entry?: NumericEntry): string | null {
  const decimal = parseDecimal(text, entry);
  if (!decimal) return null;
  const { units, scale } = decimal;
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = scale > 0 ? `,${digits.slice(-scale)}` : '';
  return `${units < 0n ? '−' : ''}${whole}${fraction}`;
}

/** A number with the echo of how it was understood, by the same reader that marks it. */
export function Numeric({ view, ...props }: ItemProps<'numeric'>) {
  const note = (text: string) => {
    if (!text.trim()) return null;
    const number = formatDecimal(text, view.entry);
    if (number === null) return props.texts.notNumber;
    return (
      <>
        {props.texts.entered} <b>{number}</b> {view.unit}
      </>
    );
  };
  return <Typed {...props} isNumber unit={view.unit} note={note} />;
}
