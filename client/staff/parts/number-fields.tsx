import { useState } from 'react';
import { formatMark, parseMark, type Hundredths } from '#bank/marks';
import { useLanguage } from '../words/language.ts';

interface FieldProps<T> {
  /** What the field is for; it has no visible label of its own in a table. */
  label: string;
  value: T;
  isDisabled?: boolean;
  className?: string | undefined;
  describedBy?: string | undefined;
  isWrong?: boolean;
  onChange(value: T): void;
}

/** A small field for a whole number of at most three digits; empty is 0. */
export function CountField(props: FieldProps<number>) {
  const { label, value, isDisabled, className, describedBy, isWrong, onChange } = props;
  return (
    <input
      type="text"
      inputMode="numeric"
      className={className ?? 'small-field'}
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={isWrong || undefined}
      autoComplete="off"
      maxLength={3}
      disabled={isDisabled}
      value={value === 0 ? '' : String(value)}
      onChange={(event) => {
        const digits = event.currentTarget.value.replace(/\D/g, '');
        onChange(Number(digits));
      }}
    />
  );
}

/**
 * A small field for points: `0,25` or `0.25`, kept as hundredths. What cannot be read is marked and not told; when
 * the field is left, it shows what is held.
 */
export function PointsField(props: FieldProps<Hundredths> & { hint: string }) {
  const { label, value, isDisabled, className, onChange, hint } = props;
  const language = useLanguage();
  const [typed, setTyped] = useState<string | null>(null);
  const isUnreadable = typed !== null && !isPoints(typed);
  return (
    <input
      type="text"
      inputMode="decimal"
      className={className ?? 'small-field'}
      aria-label={label}
      aria-invalid={isUnreadable || undefined}
      title={isUnreadable ? hint : undefined}
      autoComplete="off"
      maxLength={7}
      disabled={isDisabled}
      value={typed ?? formatMark(value, language)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        const points = parseMark(text);
        if (points !== null && points > 0) onChange(points);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}

function isPoints(text: string): boolean {
  return (parseMark(text) ?? 0) > 0;
}
