import { useLayoutEffect, useRef, useState } from 'react';
import { SHORT_ANSWER_CHARACTERS, type Response as Answer } from '#bank/protocol';
import { GapText } from './gap-text.tsx';
import type { Kit, RareProps } from './renderer.ts';
import type { Field } from './text-field.tsx';

/** Kept beside the renderer: only a paper with gaps carries these words. */
const WORDS = {
  vi: { gap: (n: number, of: number) => `Chỗ trống ${n} trên ${of}` },
  en: { gap: (n: number, of: number) => `Gap ${n} of ${of}` },
};

type Filled = Extract<NonNullable<Answer>, { g: unknown }>['g'];

/** A text whose gaps are lists to pick from, or fields to type in. */
export function Cloze({ view, response, isDisabled, texts, kit, onAnswer }: RareProps<'cloze'>) {
  const t = WORDS[document.documentElement.lang === 'en' ? 'en' : 'vi'];
  const filled: Filled = response && 'g' in response ? response.g : {};
  const fill = (gap: string, answer: Filled[string] | null, isTyping?: boolean) => {
    const { [gap]: _, ...rest } = filled;
    const next = answer ? { ...rest, [gap]: answer } : rest;
    onAnswer(Object.keys(next).length > 0 ? { g: next } : null, isTyping);
  };
  return (
    <GapText
      text={view.text}
      RichText={kit.RichText}
      renderField={(token, index) => {
        const answer = filled[token];
        const options = view.gaps.find((gap) => gap.token === token)?.options;
        const label = t.gap(index + 1, view.gaps.length);
        if (!options) {
          return (
            <GapField
              TextField={kit.TextField}
              label={label}
              given={answer && 'x' in answer ? answer.x : ''}
              isDisabled={isDisabled}
              onType={(x, isTyping) => fill(token, x ? { x } : null, isTyping)}
            />
          );
        }
        return (
          <select
            aria-label={label}
            value={answer && 'c' in answer ? answer.c : ''}
            disabled={isDisabled}
            onChange={({ currentTarget: { value } }) => fill(token, value ? { c: value } : null)}
          >
            <option value="">{texts.choose}</option>
            {options.map((option) => (
              <option key={option.token} value={option.token}>
                {option.text}
              </option>
            ))}
          </select>
        );
      }}
    />
  );
}

interface GapFieldProps extends Pick<Kit, 'TextField'> {
  label: string;
  given: string;
  isDisabled: boolean;
  onType(text: string, isTyping: boolean): void;
}

function typedIn(input: Field | null): string {
  return (input?.value ?? '').trim().normalize('NFC');
}

/** A field inside a text. It belongs to the typist: never rewritten while focused. */
function GapField({ TextField, label, given, isDisabled, onType }: GapFieldProps) {
  const [first] = useState(given);
  const field = useRef<Field>(null);

  useLayoutEffect(() => {
    const input = field.current;
    if (input && input !== document.activeElement && typedIn(input) !== given) input.value = given;
  }, [given]);

  const take = (isTyping: boolean) => {
    const text = typedIn(field.current);
    if (text !== given) onType(text, isTyping);
  };
  return (
    <TextField
      as="input"
      field={field}
      onTake={take}
      type="text"
      aria-label={label}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={SHORT_ANSWER_CHARACTERS}
      defaultValue={first}
      disabled={isDisabled}
    />
  );
}
