import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { PAGE_LIMITS } from '#bank/protocol';
import type { ItemProps } from './item-props.ts';
import { TextField, type Field } from './text-field.tsx';

interface TypedProps extends Pick<ItemProps, 'name' | 'response' | 'isDisabled' | 'texts' | 'onAnswer'> {
  isNumber: boolean;
  unit?: string | undefined;
  /** What stands below the field for a text, such as the echo of a number. */
  note?(text: string): ReactNode;
}

/**
 * A field for a typed answer. The field belongs to the typist: it is never rewritten while focused.
 */
export function Typed({ name, response, isDisabled, texts, onAnswer, isNumber, unit, note }: TypedProps) {
  const given = response && 'x' in response ? response.x : '';
  const [first] = useState(given);
  const [text, setText] = useState(given);
  const field = useRef<Field>(null);

  // at once: what is typed before a later moment would be taken for an old answer
  useLayoutEffect(() => {
    const input = field.current;
    if (!input || input === document.activeElement || input.value.trim().normalize('NFC') === given) return;
    input.value = given;
    setText(given);
  }, [given]);

  const take = (isTyping: boolean) => {
    const value = field.current?.value ?? '';
    setText(value);
    const clean = value.trim().normalize('NFC');
    if (clean !== given) onAnswer(clean ? { x: clean } : null, isTyping);
  };
  return (
    <div className="typed">
      <label htmlFor={name}>{texts.answer}</label>
      <span className="field">
        <TextField
          as="input"
          field={field}
          onTake={take}
          id={name}
          type="text"
          inputMode={isNumber ? 'decimal' : 'text'}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={PAGE_LIMITS.shortAnswer}
          defaultValue={first}
          disabled={isDisabled}
          aria-describedby={note && `${name}-note`}
        />
        {unit && <span className="unit">{unit}</span>}
      </span>
      {note && (
        <p id={`${name}-note`} className="note">
          {note(text)}
        </p>
      )}
    </div>
  );
}
