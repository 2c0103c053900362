import { Anchor, Button } from '@mantine/core';
import { DataTable } from '../parts/data-table.tsx';
import { Loading } from '../parts/loading.tsx';
import { Empty, Page, Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { Tag } from '../parts/tag.tsx';
import { useMay } from '../session/session.ts';
import { bankWords } from '../words/banks.ts';
import { bankKindNames, bankRoleNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import { useBanks } from './bank-queries.ts';

/** The banks that one works in. */
export function Banks() {
  const t = useWords(bankWords);
  const kind = useWords(bankKindNames);
  const role = useWords(bankRoleNames);
  const may = useMay();
  const banks = useBanks();
  const create = may('banks.manage') && (
    <Button component="a" href="#/banks/new">
      {t('create')}
    </Button>
  );
  const list = banks.data ?? [];
  return (
    <Page title={t('title')} lead={t('lead')} actions={list.length > 0 && create}>
      {banks.isPending && <Loading />}
      {banks.error && <Problem error={banks.error} onRetry={() => void banks.refetch()} />}
      {banks.data?.length === 0 && (
        <Empty
          title={t('none')}
          hint={create ? t('noneHint') : t('noneReviewer')}
          action={create || undefined}
        />
      )}
      {list.length > 0 && (
        <Section title={t('title')}>
          <DataTable
            label={t('title')}
            rows={list}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'name',
                header: t('name'),
                isMain: true,
                render: ({ id, name }) => <Anchor href={`#/banks/${id}`}>{name}</Anchor>,
              },
              { key: 'kind', header: t('bankKind'), render: (bank) => <Tag>{kind(bank.kind)}</Tag> },
              { key: 'topics', header: t('topics'), render: ({ topics }) => topics.join(', ') || '–' },
              {
                key: 'roles',
                header: t('myRoles'),
                render: ({ roles }) => roles.map((name) => role(name)).join(', ') || t('readerOnly'),
              },
            ]}
          />
        </Section>
      )}
    </Page>
  );
}
