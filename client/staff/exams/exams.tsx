import { Anchor, Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ExamSummary } from '#bank/protocol';
import { DataTable } from '../parts/data-table.tsx';
import { Loading } from '../parts/loading.tsx';
import { More } from '../parts/more.tsx';
import { Empty, Page, Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { useMay } from '../session/session.ts';
import { examWords } from '../words/exams.ts';
import { dateTime, duration, number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { useWords } from '../words/words.ts';
import { examPage } from './exam-queries.ts';
import { ExamStateTag } from './exam-state-tag.tsx';

/** Every exam that the person may see, newest first. */
export function Exams() {
  const t = useWords(examWords);
  const may = useMay();
  const pages = useInfiniteQuery({
    queryKey: ['exams'],
    queryFn: ({ pageParam }) => examPage(pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
  });
  const exams = pages.data?.pages.flatMap((page) => page.exams) ?? [];
  const create = may('exams.manage') && (
    <Button component="a" href="#/exams/new">
      {t('create')}
    </Button>
  );
  return (
    <Page title={t('title')} lead={t('lead')} actions={exams.length > 0 && create}>
      {pages.isPending && <Loading />}
      {pages.error && <Problem error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.data && exams.length === 0 && (
        <Empty
          title={t('none')}
          hint={create ? t('noneHint') : t('noneProctor')}
          action={create || undefined}
        />
      )}
      {exams.length > 0 && (
        <Section title={t('title')}>
          <ExamTable exams={exams} />
          <More pages={pages} />
        </Section>
      )}
    </Page>
  );
}

export function ExamTable({ exams }: { exams: readonly ExamSummary[] }) {
  const t = useWords(examWords);
  const language = useLanguage();
  return (
    <DataTable
      label={t('title')}
      rows={exams}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          header: t('name'),
          isMain: true,
          render: ({ id, title }) => <Anchor href={`#/exams/${id}`}>{title}</Anchor>,
        },
        { key: 'state', header: t('state'), render: ({ state }) => <ExamStateTag state={state} /> },
        { key: 'code', header: t('code'), render: ({ code }) => <span className="mono">{code}</span> },
        {
          key: 'candidates',
          header: t('candidates'),
          isNumber: true,
          render: ({ candidateCount }) => number(candidateCount, language),
        },
        {
          key: 'duration',
          header: t('duration'),
          render: ({ durationSeconds }) => duration(durationSeconds, language),
        },
        { key: 'created', header: t('created'), render: ({ createdAt }) => dateTime(createdAt) },
      ]}
    />
  );
}
