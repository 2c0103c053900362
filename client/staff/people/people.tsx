import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { StaffList, StaffPerson } from '#bank/protocol';
import { api } from '../api/client.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Loading } from '../parts/loading.tsx';
import { More } from '../parts/more.tsx';
import { Page, Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { Tag } from '../parts/tag.tsx';
import { useMe } from '../session/session.ts';
import { byGivenName } from '../words/format.ts';
import { roleNames } from '../words/names.ts';
import { peopleWords } from '../words/people.ts';
import { useWords } from '../words/words.ts';
import { AccountDialog } from './account-dialog.tsx';
import { InviteDialog } from './invite-dialog.tsx';

/** Staff accounts: who there is, invitations, and what is done with the account of somebody else. */
export function People() {
  const t = useWords(peopleWords);
  const [isInviting, setInviting] = useState(false);
  const [edited, setEdited] = useState<StaffPerson | null>(null);
  const pages = useInfiniteQuery({
    queryKey: ['people'],
    queryFn: ({ pageParam }) =>
      api.get<StaffList>(`/people${pageParam ? `?after=${encodeURIComponent(pageParam)}` : ''}`),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const people = pages.data?.pages.flatMap((page) => page.people) ?? [];
  return (
    <Page
      title={t('title')}
      lead={t('lead')}
      actions={<Button onClick={() => setInviting(true)}>{t('invite')}</Button>}
    >
      <Section title={t('list')}>
        {pages.isPending && <Loading />}
        {pages.error && <Problem error={pages.error} onRetry={() => void pages.refetch()} />}
        {people.length > 0 && <PeopleTable people={people} onEdit={setEdited} />}
        <More pages={pages} />
      </Section>
      <InviteDialog opened={isInviting} onClose={() => setInviting(false)} />
      {edited && <AccountDialog person={edited} onDone={() => setEdited(null)} />}
    </Page>
  );
}

interface PeopleTableProps {
  people: readonly StaffPerson[];
  onEdit(person: StaffPerson): void;
}

function PeopleTable({ people, onEdit }: PeopleTableProps) {
  const t = useWords(peopleWords);
  const me = useMe();
  const role = useWords(roleNames);
  return (
    <DataTable
      label={t('list')}
      rows={[...people].sort((a, b) => byGivenName(a.name, b.name))}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          header: t('name'),
          render: ({ id, name }) => (id === me.data?.id ? `${name} (${t('you')})` : name),
          isMain: true,
        },
        { key: 'login', header: t('login'), render: ({ login }) => login },
        { key: 'role', header: t('role'), render: ({ roles }) => roles.map((name) => role(name)).join(', ') },
        {
          key: 'state',
          header: t('state'),
          render: ({ active }) =>
            active ? <Tag>{t('active')}</Tag> : <Tag tone="alarm">{t('inactive')}</Tag>,
        },
        {
          key: 'edit',
          header: <span className="unseen">{t('edit')}</span>,
          render: (person) =>
            person.id !== me.data?.id && (
              <Button
                variant="default"
                size="xs"
                aria-label={t('editOf', { name: person.name })}
                onClick={() => onEdit(person)}
              >
                {t('edit')}
              </Button>
            ),
        },
      ]}
    />
  );
}
