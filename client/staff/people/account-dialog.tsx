import { Button, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { InvitationLink, Role, StaffPerson } from '#bank/protocol';
import { api } from '../api/client.ts';
import { Dialog } from '../parts/confirm.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Problem } from '../parts/problem.tsx';
import { peopleWords } from '../words/people.ts';
import { useWords } from '../words/words.ts';
import { LinkShown } from './link-shown.tsx';
import { RolesField } from './roles-field.tsx';

interface AccountProps {
  person: StaffPerson;
  onDone(): void;
}

/** What an administrator may do with the account of somebody else. */
export function AccountDialog({ person, onDone }: AccountProps) {
  const t = useWords(peopleWords);
  const link = useMutation({
    mutationFn: () => api.post<InvitationLink>(`/people/${person.id}/link`),
  });
  return (
    <Dialog opened title={link.data ? t('linkReady') : t('account', { name: person.name })} onClose={onDone}>
      {link.data ? (
        <LinkShown link={link.data} onDone={onDone} />
      ) : (
        <Stack gap="xl">
          <Roles person={person} onDone={onDone} />
          {person.active && (
            <Part title={t('forgot')} what={t('forgotWhat')} error={link.error}>
              <Button variant="default" loading={link.isPending} onClick={() => link.mutate()}>
                {t('makePasswordLink')}
              </Button>
            </Part>
          )}
          <Lock person={person} onDone={onDone} />
        </Stack>
      )}
    </Dialog>
  );
}

function Roles({ person, onDone }: AccountProps) {
  const t = useWords(peopleWords);
  const [roles, setRoles] = useState<Role[]>(person.roles);
  const save = useAccountAct(t('rolesSaved', { name: person.name }), onDone, () =>
    api.put(`/people/${person.id}/roles`, { roles }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <RolesField value={roles} onChange={setRoles} />
        {save.error && <Problem error={save.error} />}
        <Button type="submit" loading={save.isPending} disabled={roles.length === 0}>
          {t('saveRoles')}
        </Button>
      </Stack>
    </form>
  );
}

function Lock({ person, onDone }: AccountProps) {
  const t = useWords(peopleWords);
  const { id, name, active } = person;
  const act = useAccountAct(t(active ? 'locked' : 'unlocked', { name }), onDone, () =>
    api.post(`/people/${id}/${active ? 'disable' : 'enable'}`),
  );
  return (
    <Part
      title={t(active ? 'lock' : 'unlock')}
      what={t(active ? 'lockWhat' : 'unlockWhat')}
      error={act.error}
    >
      <Button color={active ? 'red' : 'accent'} loading={act.isPending} onClick={() => act.mutate()}>
        {t(active ? 'lock' : 'unlock')}
      </Button>
    </Part>
  );
}

interface PartProps {
  title: string;
  /** What will happen, in full, before it happens. */
  what: string;
  error: unknown;
  children: ReactNode;
}

function Part({ title, what, error, children }: PartProps) {
  return (
    <Stack gap="xs">
      <h3>{title}</h3>
      <Text>{what}</Text>
      {error ? <Problem error={error} /> : null}
      {children}
    </Stack>
  );
}

/** Does something with the account, then reads the list again and says that it is done. */
function useAccountAct(done: string, onDone: () => void, act: () => Promise<void>) {
  const queries = useQueryClient();
  const notice = useNotice();
  return useMutation({
    mutationFn: act,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['people'] });
      notice(done);
      onDone();
    },
  });
}
