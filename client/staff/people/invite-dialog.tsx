import { Button, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { InvitationLink, Role } from '#bank/protocol';
import { api } from '../api/client.ts';
import { Dialog } from '../parts/confirm.tsx';
import { Problem } from '../parts/problem.tsx';
import { peopleWords } from '../words/people.ts';
import { useWords } from '../words/words.ts';
import { LinkShown } from './link-shown.tsx';
import { RolesField } from './roles-field.tsx';

/** Makes a one-time link for chosen roles and shows it, once. */
export function InviteDialog({ opened, onClose }: { opened: boolean; onClose(): void }) {
  const t = useWords(peopleWords);
  const invite = useMutation({
    mutationFn: (roles: readonly Role[]) => api.post<InvitationLink>('/invitations', { roles }),
  });
  const close = () => {
    onClose();
    invite.reset();
  };
  return (
    <Dialog opened={opened} title={invite.data ? t('linkReady') : t('inviteTitle')} onClose={close}>
      {invite.data ? (
        <LinkShown link={invite.data} onDone={close} />
      ) : (
        <RolesForm onInvite={invite.mutate} isPending={invite.isPending} error={invite.error} />
      )}
    </Dialog>
  );
}

interface RolesFormProps {
  onInvite(roles: readonly Role[]): void;
  isPending: boolean;
  error: unknown;
}

function RolesForm({ onInvite, isPending, error }: RolesFormProps) {
  const t = useWords(peopleWords);
  const [roles, setRoles] = useState<Role[]>(['teacher']);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onInvite(roles);
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <RolesField value={roles} onChange={setRoles} />
        {error ? <Problem error={error} /> : null}
        <Button type="submit" loading={isPending} disabled={roles.length === 0}>
          {t('make')}
        </Button>
      </Stack>
    </form>
  );
}
