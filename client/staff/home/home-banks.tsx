import { Anchor, Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import type { BankView, ItemList, ItemStatus } from '#bank/protocol';
import { api } from '../api/client.ts';
import { search } from '../api/pages.ts';
import { bankPart } from '../banks/bank-part.ts';
import { useBanks } from '../banks/bank-queries.ts';
import { Loading } from '../parts/loading.tsx';
import { Problem } from '../parts/problem.tsx';
import { useMay } from '../session/session.ts';
import { homeWords } from '../words/home.ts';
import { useWords } from '../words/words.ts';

const MOST = 200;

/** What waits in the banks: returned questions, drafts, questions to review. */
export function HomeBanks() {
  const t = useWords(homeWords);
  const may = useMay();
  const banks = useBanks();
  if (banks.isPending) return <Loading />;
  if (banks.error) return <Problem error={banks.error} onRetry={() => void banks.refetch()} />;
  if (banks.data.length > 0) {
    return (
      <ul className="tasks">
        {banks.data.map((bank) => (
          <BankTasks key={bank.id} bank={bank} />
        ))}
      </ul>
    );
  }
  if (!may('banks.manage')) return <p className="quiet">{t('nothing')}</p>;
  return (
    <>
      <p className="quiet">{t('beginBank')}</p>
      <Button component="a" href="#/banks/new" variant="default" mt="sm">
        {t('createBank')}
      </Button>
    </>
  );
}

/** Counted up to a page; more are told as "200+". */
function useCount(bank: string, statuses: readonly ItemStatus[]): Record<string, string> {
  const answers = useQueries({
    queries: statuses.map((status) => ({
      queryKey: ['bank', bank, 'count', status],
      queryFn: () => api.get<ItemList>(`/banks/${bank}/items${search({ status, limit: MOST })}`),
    })),
  });
  return Object.fromEntries(
    statuses.flatMap((status, index) => {
      const list = answers[index]?.data;
      if (!list || list.items.length === 0) return [];
      return [[status, `${list.items.length}${list.next === undefined ? '' : '+'}`]];
    }),
  );
}

function BankTasks({ bank }: { bank: BankView }) {
  const t = useWords(homeWords);
  const may = useMay();
  const { writes, reviews } = bankPart(bank, may);
  const counts = useCount(bank.id, ['returned', 'draft', 'inReview']);
  const tasks: { word: 'returned' | 'drafts' | 'toReview'; n: string | undefined; to: string }[] = [
    { word: 'returned', n: writes ? counts['returned'] : undefined, to: '' },
    { word: 'drafts', n: writes ? counts['draft'] : undefined, to: '' },
    { word: 'toReview', n: reviews ? counts['inReview'] : undefined, to: '/review' },
  ];
  const open = tasks.flatMap(({ n, ...task }) => (n === undefined ? [] : [{ ...task, n }]));
  return (
    <li>
      <Anchor href={`#/banks/${bank.id}`} fw={600}>
        {bank.name}
      </Anchor>
      {open.length === 0 && <p className="quiet">{t('nothing')}</p>}
      {open.map(({ word, n, to }) => (
        <p key={word}>
          <Anchor href={`#/banks/${bank.id}${to}`}>{t(word, { n })}</Anchor>
        </p>
      ))}
    </li>
  );
}
