import { Checkbox, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CandidateOutages, OutagesPage } from '#bank/protocol';
import { api } from '../api/client.ts';
import { afterQuery, allPages } from '../api/pages.ts';
import { Confirm } from '../parts/confirm.tsx';
import { Loading } from '../parts/loading.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Problem } from '../parts/problem.tsx';
import { duration } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';
import { useDecision } from './use-decision.ts';

interface OutagesProps {
  opened: boolean;
  exam: string;
  onClose(): void;
}

/** Time lost by broken lines, as the server saw it, to be given back by a person. */
export function Outages({ opened, exam, onClose }: OutagesProps) {
  const t = useWords(wallWords);
  const notice = useNotice();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const lost = useQuery({
    queryKey: ['exam', exam, 'presence', 'outages'],
    queryFn: () =>
      allPages(
        (after) => api.get<OutagesPage>(`/exams/${exam}/outages${afterQuery(after)}`),
        ({ candidates }) => candidates.filter(({ proposedMs }) => proposedMs > 0),
      ),
    enabled: opened,
  });
  const credit = useDecision(exam, ({ changed }) => {
    onClose();
    notice(t('creditedNow', { count: changed }));
  });
  const rows = lost.data ?? [];
  const chosen = rows.filter(({ candidate }) => !left.has(candidate));
  const toggle = (candidate: string) => {
    const next = new Set(left);
    if (!next.delete(candidate)) next.add(candidate);
    setLeft(next);
  };
  return (
    <Confirm
      opened={opened}
      title={t('outagesTitle')}
      confirm={t('credit', { count: chosen.length })}
      isPending={credit.isPending}
      isDisabled={chosen.length === 0}
      error={credit.error}
      onConfirm={() =>
        credit.mutate({ act: 'outages', body: { candidates: chosen.map(({ candidate }) => candidate) } })
      }
      onClose={onClose}
    >
      <Text>{t('outagesWhat')}</Text>
      {lost.isPending && <Loading />}
      {lost.error && <Problem error={lost.error} onRetry={() => void lost.refetch()} />}
      {lost.data && rows.length === 0 && <Text>{t('noOutages')}</Text>}
      <Stack gap="xs">
        {rows.map((row) => (
          <Row key={row.candidate} row={row} isChosen={!left.has(row.candidate)} onToggle={toggle} />
        ))}
      </Stack>
    </Confirm>
  );
}

interface RowProps {
  row: CandidateOutages;
  isChosen: boolean;
  onToggle(candidate: string): void;
}

function Row({ row, isChosen, onToggle }: RowProps) {
  const t = useWords(wallWords);
  const language = useLanguage();
  const time = (ms: number) => duration(Math.ceil(ms / 1000), language);
  const values = { lost: time(row.lostMs), back: time(row.proposedMs) };
  return (
    <Checkbox
      label={`${row.number} · ${row.name}`}
      description={t('lostAndBack', values)}
      checked={isChosen}
      onChange={() => onToggle(row.candidate)}
    />
  );
}
