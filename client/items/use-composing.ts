import { useRef, type FormEvent } from 'react';

/**
 * Handlers of a field for typed text: nothing is taken out of it in the middle of an input method's composition.
 *
 * @param take is called with true while text is being typed, with false when the field is left
 */
export function useComposing(take: (isTyping: boolean) => void) {
  const isComposing = useRef(false);
  const end = (isTyping: boolean) => () => {
    isComposing.current = false;
    take(isTyping);
  };
  return {
    onInput: ({ nativeEvent }: FormEvent) => {
      if (!isComposing.current && !(nativeEvent as InputEvent).isComposing) take(true);
    },
    onCompositionStart: () => {
      isComposing.current = true;
    },
    onCompositionEnd: end(true),
    onBlur: end(false),
  };
}
