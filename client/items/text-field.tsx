import { useRef, type AllHTMLAttributes, type InputHTMLAttributes, type RefObject } from 'react';

export type Field = HTMLInputElement | HTMLTextAreaElement;

interface TextFieldProps extends Omit<AllHTMLAttributes<Field>, 'as'> {
  as: 'input' | 'textarea';
  field: RefObject<Field | null>;
  /** Called with true while text is being typed, with false when the field is left. */
  onTake(isTyping: boolean): void;
}

/** A field for typed text: nothing is taken out of it in the middle of an input method's composition. */
export function TextField({ as, field, onTake, ...attributes }: TextFieldProps) {
  const isComposing = useRef(false);
  const end = (isTyping: boolean) => () => {
    isComposing.current = false;
    onTake(isTyping);
  };
  const Tag = as as 'input';
  return (
    <Tag
      {...(attributes as InputHTMLAttributes<HTMLInputElement>)}
      ref={field as RefObject<HTMLInputElement>}
      onInput={({ nativeEvent }) => {
        if (!isComposing.current && !(nativeEvent as InputEvent).isComposing) onTake(true);
      }}
      onCompositionStart={() => {
        isComposing.current = true;
      }}
      onCompositionEnd={end(true)}
      onBlur={end(false)}
    />
  );
}
