import { Button, Checkbox, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import {
  BANK_ROLES,
  type BankMember,
  type BankMemberList,
  type BankRole,
  type BankView,
} from '#bank/protocol';
import { api } from '../api/client.ts';
import { afterQuery, allPages } from '../api/pages.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Loading } from '../parts/loading.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { useMay, useMe } from '../session/session.ts';
import { bankWords, memberWords } from '../words/banks.ts';
import { byGivenName } from '../words/format.ts';
import { bankRoleNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import { BankPage } from './bank-page.tsx';
import { bankPart } from './bank-part.ts';
import { useBank, useColleagues } from './bank-queries.ts';

interface NamedMember extends BankMember {
  name: string;
}

/** Who works in a bank, and as what. */
export function Members({ params }: { params: Record<string, string> }) {
  const id = params['bank'] ?? '';
  const t = useWords(memberWords);
  const may = useMay();
  const bank = useBank(id);
  const members = useQuery({
    queryKey: ['bank', id, 'members'],
    queryFn: () =>
      allPages(
        (after) => api.get<BankMemberList>(`/banks/${id}/members${afterQuery(after)}`),
        (page) => page.members,
      ),
  });
  const colleagues = useColleagues();
  const error = bank.error ?? members.error ?? colleagues.error;
  if (error) return <Problem error={error} onRetry={() => void members.refetch()} />;
  if (!bank.data || !members.data || !colleagues.data) return <Loading />;
  const nameOf = (user: string) => colleagues.data.find((one) => one.id === user)?.name ?? t('unknown');
  const named = members.data
    .map((member) => ({ ...member, name: nameOf(member.user) }))
    .sort((a, b) => byGivenName(a.name, b.name));
  const others = colleagues.data.filter((one) => !members.data.some(({ user }) => user === one.id));
  const { manages } = bankPart(bank.data, may);
  return <MembersShown bank={bank.data} members={named} others={others} manages={manages} />;
}

interface MembersShownProps {
  bank: BankView;
  members: readonly NamedMember[];
  others: readonly { id: string; name: string }[];
  manages: boolean;
}

function MembersShown({ bank, members, others, manages }: MembersShownProps) {
  const t = useWords(memberWords);
  const banks = useWords(bankWords);
  const role = useWords(bankRoleNames);
  const me = useMe();
  const columns: Column<NamedMember>[] = [
    {
      key: 'name',
      header: t('person'),
      isMain: true,
      render: ({ name, user }) => (user === me.data?.id ? `${name} (${t('you')})` : name),
    },
    {
      key: 'roles',
      header: t('roles'),
      render: (member) =>
        manages ? (
          <RoleBoxes bank={bank.id} member={member} />
        ) : (
          member.roles.map((name) => role(name)).join(', ') || banks('readerOnly')
        ),
    },
  ];
  if (manages) {
    columns.push({
      key: 'remove',
      header: <span className="unseen">{t('remove')}</span>,
      render: (member) => <Remove bank={bank.id} member={member} />,
    });
  }
  return (
    <BankPage bank={bank} title={t('title')} lead={t('lead')}>
      <Section title={t('title')}>
        <DataTable label={t('title')} columns={columns} rows={members} rowKey={({ user }) => user} />
      </Section>
      {manages && <Add bank={bank.id} others={others} />}
    </BankPage>
  );
}

/** Writes the roles of one person and reads the members again. */
function useSetRoles(bank: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ user, roles }: { user: string; roles: readonly BankRole[] }) =>
      api.put(`/banks/${bank}/members/${user}`, { roles }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['bank', bank] }),
  });
}

function RoleBoxes({ bank, member }: { bank: string; member: NamedMember }) {
  const t = useWords(memberWords);
  const role = useWords(bankRoleNames);
  const notice = useNotice();
  const set = useSetRoles(bank);
  const toggle = (name: BankRole) => {
    const roles = BANK_ROLES.filter((one) => (one === name) !== member.roles.includes(one));
    set.mutate({ user: member.user, roles }, { onSuccess: () => notice(t('saved', { name: member.name })) });
  };
  return (
    <Stack gap="xs">
      <Group gap="md">
        {BANK_ROLES.map((name) => (
          <Checkbox
            key={name}
            label={role(name)}
            aria-label={`${role(name)}: ${member.name}`}
            checked={member.roles.includes(name)}
            disabled={set.isPending}
            onChange={() => toggle(name)}
          />
        ))}
      </Group>
      {set.error && <Problem error={set.error} />}
    </Stack>
  );
}

function Remove({ bank, member }: { bank: string; member: NamedMember }) {
  const t = useWords(memberWords);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => api.remove(`/banks/${bank}/members/${member.user}`),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['bank', bank] }),
  });
  return (
    <AskFirst
      label={t('remove')}
      isSmall
      title={t('removeTitle', { name: member.name })}
      confirm={t('remove')}
      isDangerous
      act={remove}
    >
      <Text>{t('removeWhat')}</Text>
    </AskFirst>
  );
}

function Add({ bank, others }: { bank: string; others: readonly { id: string; name: string }[] }) {
  const t = useWords(memberWords);
  const role = useWords(bankRoleNames);
  const notice = useNotice();
  const [user, setUser] = useState<string | null>(null);
  const [roles, setRoles] = useState<string[]>(['author']);
  const set = useSetRoles(bank);
  const name = others.find(({ id }) => id === user)?.name ?? '';
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (user === null) return;
    set.mutate(
      { user, roles: BANK_ROLES.filter((one) => roles.includes(one)) },
      {
        onSuccess: () => {
          notice(t('added', { name }));
          setUser(null);
        },
      },
    );
  };
  return (
    <Section title={t('add')}>
      {others.length === 0 ? (
        <p className="quiet">{t('nobody')}</p>
      ) : (
        <form onSubmit={add} className="form">
          <Stack>
            <Select
              label={t('choose')}
              searchable
              required
              data={others.map((one) => ({ value: one.id, label: one.name }))}
              value={user}
              onChange={setUser}
            />
            <Checkbox.Group label={t('roles')} value={roles} onChange={setRoles}>
              <Group mt="xs">
                {BANK_ROLES.map((one) => (
                  <Checkbox key={one} value={one} label={role(one)} />
                ))}
              </Group>
            </Checkbox.Group>
            {set.error && <Problem error={set.error} />}
            <Group>
              <Button type="submit" loading={set.isPending} disabled={user === null}>
                {t('add')}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Section>
  );
}
