import { TextInput } from '@mantine/core';
import type { Ref } from 'react';
import { sessionWords } from '../words/session.ts';
import { useWords } from '../words/words.ts';

interface LoginFieldProps {
  value: string;
  hint?: string;
  ref?: Ref<HTMLInputElement>;
  onChange(login: string): void;
}

/** The name that a member of staff signs in with. */
export function LoginField({ value, hint, ref, onChange }: LoginFieldProps) {
  const t = useWords(sessionWords);
  return (
    <TextInput
      ref={ref}
      label={t('login')}
      description={hint}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      required
      minLength={3}
      maxLength={100}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
