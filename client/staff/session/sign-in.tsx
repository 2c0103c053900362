import { Anchor, Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { api } from '../api/client.ts';
import { Problem } from '../parts/problem.tsx';
import { sessionWords } from '../words/session.ts';
import { useWords } from '../words/words.ts';
import { LoginField } from './login-field.tsx';
import { useSessionChange } from './session.ts';

interface SignInProps {
  /** The session ended while the person was working. */
  isAgain?: boolean;
  onDone?(): void;
}

export function SignIn({ isAgain = false, onDone }: SignInProps) {
  const t = useWords(sessionWords);
  const { signedIn } = useSessionChange();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const signIn = useMutation({
    mutationFn: () => api.post('/sign-in', { login, password }),
    onSuccess: async () => {
      await signedIn();
      onDone?.();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <h1>{isAgain ? t('again') : t('title')}</h1>
        {isAgain && <Text>{t('againHint')}</Text>}
        <LoginField ref={first} value={login} onChange={setLogin} />
        <PasswordInput
          label={t('password')}
          autoComplete="current-password"
          required
          maxLength={256}
          value={password}
          visibilityToggleButtonProps={{ 'aria-label': t('show') }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {signIn.error && <Problem error={signIn.error} />}
        <Button type="submit" size="md" loading={signIn.isPending}>
          {t('submit')}
        </Button>
        {!isAgain && (
          <>
            <Text size="sm" c="dimmed">
              {t('forgotten')}
            </Text>
            <Anchor href="/thi" size="sm">
              {t('candidate')}
            </Anchor>
          </>
        )}
      </Stack>
    </form>
  );
}
