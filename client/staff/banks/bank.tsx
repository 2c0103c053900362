import { Anchor, Button, Menu } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BankView } from '#bank/protocol';
import { api } from '../api/client.ts';
import { ItemFilters } from '../items/item-filters.tsx';
import { useItems, type ItemFilter } from '../items/item-queries.ts';
import { ItemTable } from '../items/item-table.tsx';
import { Loading } from '../parts/loading.tsx';
import { More } from '../parts/more.tsx';
import { Empty, Page, Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { Tag } from '../parts/tag.tsx';
import { useMay } from '../session/session.ts';
import { bankWords } from '../words/banks.ts';
import { bankKindNames } from '../words/names.ts';
import { useWords } from '../words/words.ts';
import { bankPart, type BankPart } from './bank-part.ts';
import { useBank } from './bank-queries.ts';
import { Drafts } from './drafts.tsx';

/** One bank: its questions by facet, and the ways to add, review and take out. */
export function Bank({ params }: { params: Record<string, string> }) {
  const may = useMay();
  const bank = useBank(params['bank'] ?? '');
  if (bank.isPending) return <Loading />;
  if (bank.error) return <Problem error={bank.error} onRetry={() => void bank.refetch()} />;
  return <BankShown bank={bank.data} part={bankPart(bank.data, may)} />;
}

function BankShown({ bank, part }: { bank: BankView; part: BankPart }) {
  const t = useWords(bankWords);
  const kind = useWords(bankKindNames);
  const base = `#/banks/${bank.id}`;
  return (
    <Page
      title={bank.name}
      crumbs={[{ title: t('title'), to: '/banks' }]}
      lead={<Tag>{kind(bank.kind)}</Tag>}
      actions={
        part.writes && (
          <>
            <Button component="a" href={`${base}/write`} variant="default">
              {t('write')}
            </Button>
            <Button component="a" href={`${base}/variants`} variant="default">
              {t('variants')}
            </Button>
            <Button component="a" href={`${base}/import`}>
              {t('import')}
            </Button>
          </>
        )
      }
    >
      <nav className="subnav" aria-label={bank.name}>
        {part.reviews && <Anchor href={`${base}/review`}>{t('review')}</Anchor>}
        <Anchor href={`${base}/members`}>{t('members')}</Anchor>
        {part.manages && <Anchor href={`${base}/settings`}>{t('settings')}</Anchor>}
        {part.reads && <Exports bank={bank.id} />}
      </nav>
      {part.writes && <Drafts bank={bank} part={part} />}
      <Items bank={bank} part={part} />
    </Page>
  );
}

function Exports({ bank }: { bank: string }) {
  const t = useWords(bankWords);
  const download = useMutation({
    mutationFn: (format: 'workbook' | 'gift') => api.download(`/banks/${bank}/export?format=${format}`),
  });
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default" size="xs" loading={download.isPending}>
            {t('export')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('exportHint')}</Menu.Label>
          <Menu.Item onClick={() => download.mutate('workbook')}>{t('exportXlsx')}</Menu.Item>
          <Menu.Item onClick={() => download.mutate('gift')}>{t('exportGift')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {download.error && <Problem error={download.error} />}
    </>
  );
}

function Items({ bank, part }: { bank: BankView; part: BankPart }) {
  const t = useWords(bankWords);
  const [filter, setFilter] = useState<ItemFilter>({});
  const pages = useItems(bank.id, filter, part.reads);
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = Object.keys(filter).length > 0;
  const isEmpty = pages.data !== undefined && items.length === 0 && !pages.hasNextPage;
  if (isEmpty && !isFiltered) {
    return (
      <Empty
        title={t('noItems')}
        hint={t('noItemsHint')}
        action={
          part.writes && (
            <Button component="a" href={`#/banks/${bank.id}/import`}>
              {t('import')}
            </Button>
          )
        }
      />
    );
  }
  return (
    <Section title={t('items')}>
      <ItemFilters topics={bank.topics} filter={filter} onChange={setFilter} />
      {pages.isPending && <Loading />}
      {pages.error && <Problem error={pages.error} onRetry={() => void pages.refetch()} />}
      {isEmpty && <Empty title={t('noMatch')} />}
      {items.length > 0 && <ItemTable bank={bank.id} items={items} canOpen={part.reads} />}
      <More pages={pages} />
    </Section>
  );
}
