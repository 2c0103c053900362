import { useLayoutEffect, useRef, useState, type FormEvent, type ReactNode } from 'react';
import { PAGE_LIMITS } from '#bank/protocol';
import type { ItemProps } from './item-props.ts';

interface TypedProps extends Pick<ItemProps, 'name' | 'response' | 'isDisabled' | 'texts' | 'onAnswer'> {
  isNumber: boolean;
  unit?: string | undefined;
  /** What stands below the field for a text, such as the echo of a number. */
  note?(text: string): ReactNode;
}

/**
 * A field for a typed answer. The field belongs to the typist: it is never rewritten while focused, and nothing is
 * taken out of it in the middle of an input method's composition.
 */
export function Typed({ name, response, isDisabled, texts, onAnswer, isNumber, unit, note }: TypedProps) {
  const given = response && 'x' in response ? response.x : '';
  const [first] = useState(given);
  const [text, setText] = useState(given);
  const field = useRef<HTMLInputElement>(null);
  const isComposing = useRef(false);

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
    if (clean !== given || !isTyping) onAnswer(clean ? { x: clean } : null, isTyping);
  };
  const onInput = (event: FormEvent<HTMLInputElement>) => {
    const native = event.nativeEvent as InputEvent;
    if (!isComposing.current && !native.isComposing) take(true);
  };
  return (
    <div className="typed">
      <label htmlFor={name}>{texts.answer}</label>
      <span className="field">
        <input
          ref={field}
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
          onInput={onInput}
          onCompositionStart={() => {
            isComposing.current = true;
          }}
          onCompositionEnd={() => {
            isComposing.current = false;
            take(true);
          }}
          onBlur={() => {
            isComposing.current = false;
            if ((field.current?.value ?? '').trim().normalize('NFC') !== given) take(false);
          }}
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
