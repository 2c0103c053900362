import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useLocation } from 'wouter';
import type { InvitationView, Role } from '#bank/protocol';
import { api } from '../api/client.ts';
import { Loading } from '../parts/loading.tsx';
import { Problem } from '../parts/problem.tsx';
import { roleNames } from '../words/names.ts';
import { sessionWords } from '../words/session.ts';
import { useWords } from '../words/words.ts';
import { LoginField } from './login-field.tsx';
import { NewPassword } from './password-field.tsx';
import { isGoodPassword } from './password.ts';
import { useSessionChange } from './session.ts';

/** Where a one-time link leads: makes the account that it is for, or sets the new password of one. */
export function Join({ token }: { token: string }) {
  const t = useWords(sessionWords);
  const link = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => api.post<InvitationView>('/invitations/check', { token }),
    staleTime: Infinity,
  });
  if (link.isPending) return <Loading />;
  if (link.error) {
    return (
      <Stack>
        <h1>{t('linkBroken')}</h1>
        <Problem error={link.error} />
        <Anchor href="#/">{t('toSignIn')}</Anchor>
      </Stack>
    );
  }
  return 'account' in link.data ? (
    <PasswordForm token={token} account={link.data.account} />
  ) : (
    <JoinForm token={token} roles={link.data.roles} />
  );
}

function JoinForm({ token, roles }: { token: string; roles: readonly Role[] }) {
  const t = useWords(sessionWords);
  const role = useWords(roleNames);
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const join = useEntry(() => api.post('/invitations/accept', { token, name, login, password }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    join.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <h1>{t('joinTitle')}</h1>
        <Text>
          {t('joinAs', { roles: roles.map((name) => role(name)).join(', ') })} {t('joinOnce')}
        </Text>
        <TextInput
          label={t('name')}
          description={t('nameHint')}
          autoComplete="name"
          required
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <LoginField value={login} hint={t('loginHint')} onChange={setLogin} />
        <NewPassword value={password} login={login} onChange={setPassword} />
        {join.error && <Problem error={join.error} />}
        <Button type="submit" size="md" loading={join.isPending} disabled={!isGoodPassword(password, login)}>
          {t('create')}
        </Button>
      </Stack>
    </form>
  );
}

interface PasswordFormProps {
  token: string;
  account: { name: string; login: string };
}

function PasswordForm({ token, account: { name, login } }: PasswordFormProps) {
  const t = useWords(sessionWords);
  const [password, setPassword] = useState('');
  const set = useEntry(() => api.post('/invitations/password', { token, password }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <h1>{t('passwordTitle')}</h1>
        <Text>
          {t('passwordFor', { name })} {t('joinOnce')}
        </Text>
        <TextInput label={t('login')} autoComplete="username" value={login} readOnly />
        <NewPassword value={password} login={login} onChange={setPassword} />
        {set.error && <Problem error={set.error} />}
        <Button type="submit" size="md" loading={set.isPending} disabled={!isGoodPassword(password, login)}>
          {t('setPassword')}
        </Button>
      </Stack>
    </form>
  );
}

/** Uses the link up; then somebody is signed in, and the first page is shown. */
function useEntry(use: () => Promise<void>) {
  const [, navigate] = useLocation();
  const { signedIn } = useSessionChange();
  return useMutation({
    mutationFn: use,
    onSuccess: async () => {
      navigate('/', { replace: true });
      await signedIn();
    },
  });
}
