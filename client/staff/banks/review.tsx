import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { BankView, ItemSummary } from '#bank/protocol';
import { useBulk } from '../items/bulk.ts';
import { BulkReport } from '../items/bulk-report.tsx';
import { ItemFilters } from '../items/item-filters.tsx';
import { useAllItems, type ItemFilter } from '../items/item-queries.ts';
import { ItemTable } from '../items/item-table.tsx';
import { Confirm } from '../parts/confirm.tsx';
import { Loading } from '../parts/loading.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Empty, Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { bankWords } from '../words/banks.ts';
import { reviewWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import { BankPage } from './bank-page.tsx';
import { useBank } from './bank-queries.ts';
import '../items/items.css';

/** What waits for review in a bank: opened one by one, approved one by one or together. */
export function Review({ params }: { params: Record<string, string> }) {
  const bank = useBank(params['bank'] ?? '');
  if (bank.isPending) return <Loading />;
  if (bank.error) return <Problem error={bank.error} onRetry={() => void bank.refetch()} />;
  return <Queue bank={bank.data} />;
}

function Queue({ bank }: { bank: BankView }) {
  const t = useWords(reviewWords);
  const banks = useWords(bankWords);
  const notice = useNotice();
  const [filter, setFilter] = useState<ItemFilter>({});
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [known, setKnown] = useState<readonly ItemSummary[]>([]);
  const [isAsking, setAsking] = useState(false);
  const queue = useAllItems(bank.id, { ...filter, status: 'inReview' }, true);
  const approve = useBulk(bank.id, 'approve');
  const items = queue.data ?? [];
  const selected = items.filter(({ id }) => chosen.includes(id));
  const go = () => {
    setKnown(selected);
    setAsking(false);
    approve.mutate(selected, {
      onSuccess: ({ done }) => {
        setChosen([]);
        if (done > 0) notice(banks('approved', { n: done }));
      },
    });
  };
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <BankPage bank={bank} title={t('title')} lead={t('lead')}>
      <BulkReport report={approve.data} items={known} />
      {approve.error && <Problem error={approve.error} />}
      {queue.isPending && <Loading />}
      {queue.error && <Problem error={queue.error} onRetry={() => void queue.refetch()} />}
      {queue.data && items.length === 0 && !isFiltered && <Empty title={t('none')} hint={t('noneHint')} />}
      {(items.length > 0 || isFiltered) && (
        <Section title={banks('items')}>
          <ItemFilters
            topics={bank.topics}
            filter={filter}
            facets={['topic', 'level', 'kind']}
            onChange={setFilter}
          />
          <ItemTable
            bank={bank.id}
            items={items}
            canOpen
            hidesStatus
            selected={chosen}
            onSelect={(id) =>
              setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
            }
          />
          <div className="bulk">
            <strong>{banks('selected', { n: selected.length })}</strong>
            <Button variant="default" size="xs" onClick={() => setChosen(items.map(({ id }) => id))}>
              {banks('selectAll', { n: items.length })}
            </Button>
            <Button variant="default" size="xs" onClick={() => setChosen([])}>
              {banks('selectNone')}
            </Button>
            <Button
              disabled={selected.length === 0}
              loading={approve.isPending}
              onClick={() => setAsking(true)}
            >
              {t('approveGo', { n: selected.length })}
            </Button>
          </div>
        </Section>
      )}
      <Confirm
        opened={isAsking}
        title={t('approveTitle', { n: selected.length })}
        confirm={t('approveGo', { n: selected.length })}
        onConfirm={go}
        onClose={() => setAsking(false)}
      >
        <Text>{t('approveWhat')}</Text>
      </Confirm>
    </BankPage>
  );
}
