import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { formatMark } from '#bank/marks';
import type { ExamView, ResultRow, ResultTable } from '#bank/protocol';
import { api } from '../api/client.ts';
import { search } from '../api/pages.ts';
import { ExamPage } from '../exams/exam-page.tsx';
import { examKey, useExam, useExamRefresh } from '../exams/exam-queries.ts';
import { ExamStateTag } from '../exams/exam-state-tag.tsx';
import { AskFirst } from '../parts/ask-first.tsx';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Loading } from '../parts/loading.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Empty, Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { useLanguage } from '../words/language.ts';
import { resultWords } from '../words/results.ts';
import { useWords } from '../words/words.ts';
import { summarise } from './summary.ts';

const PAGE = 500;

/** The whole table: reading it is on the record, so it is read once and not behind the reader's back. */
async function readTable(exam: string): Promise<ResultTable> {
  const path = `/exams/${exam}/results`;
  const table = await api.get<ResultTable>(`${path}${search({ limit: PAGE })}`);
  const rows = [...table.rows];
  let after = table.next;
  while (after !== undefined) {
    const page: ResultTable = await api.get<ResultTable>(`${path}${search({ limit: PAGE, after })}`);
    rows.push(...page.rows);
    after = page.next;
  }
  return { ...table, rows };
}

/** Marks of a graded exam, files of them, and their release. */
export function Results({ params }: { params: Record<string, string> }) {
  const t = useWords(resultWords);
  const exam = useExam(params['exam'] ?? '');
  if (exam.isPending) return <Loading />;
  if (exam.error) return <Problem error={exam.error} onRetry={() => void exam.refetch()} />;
  const isGraded = exam.data.state === 'graded' || exam.data.state === 'released';
  return (
    <ExamPage
      exam={exam.data}
      title={`${t('title')}: ${exam.data.title}`}
      lead={<ExamStateTag state={exam.data.state} />}
      actions={exam.data.state === 'graded' && <Release exam={exam.data} />}
    >
      {isGraded ? (
        <Graded exam={exam.data} />
      ) : (
        <Empty
          title={t('notGraded')}
          action={
            <Button component="a" href={`#/exams/${exam.data.id}`} variant="default">
              {t('toExam')}
            </Button>
          }
        />
      )}
    </ExamPage>
  );
}

function Graded({ exam }: { exam: ExamView }) {
  const t = useWords(resultWords);
  const table = useQuery({
    queryKey: [...examKey(exam.id), 'results'],
    queryFn: () => readTable(exam.id),
    staleTime: Infinity,
  });
  return (
    <>
      {exam.state === 'released' && <p className="quiet note">{t('releasedHint')}</p>}
      {table.isPending && <Loading />}
      {table.error && <Problem error={table.error} onRetry={() => void table.refetch()} />}
      {table.data && <Summary table={table.data} />}
      {table.data && (
        <Section title={t('table')} actions={<Downloads exam={exam.id} />}>
          <MarkTable table={table.data} />
        </Section>
      )}
      <Publication exam={exam.id} />
    </>
  );
}

function Summary({ table }: { table: ResultTable }) {
  const t = useWords(resultWords);
  const language = useLanguage();
  const { graded, absent, average, highest, lowest } = summarise(table.rows);
  const mark = (value: number | null) => (value === null ? '–' : formatMark(value, language));
  const facts = [
    ['graded', graded],
    ['absent', absent],
    ['average', mark(average)],
    ['highest', mark(highest)],
    ['lowest', mark(lowest)],
  ] as const;
  return (
    <Section title={t('summary')}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(name)}</dt>
            <dd className="tabular">{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

function MarkTable({ table }: { table: ResultTable }) {
  const t = useWords(resultWords);
  const language = useLanguage();
  const mark = (value: number | undefined) => (value === undefined ? '–' : formatMark(value, language));
  const told = (['class', 'form'] as const).filter((field) =>
    table.rows.some((row) => row[field] !== undefined),
  );
  const columns: Column<ResultRow>[] = [
    { key: 'number', header: t('number'), render: (row) => <span className="tabular">{row.number}</span> },
    { key: 'name', header: t('name'), isMain: true, render: (row) => <NameAndChoice row={row} /> },
    ...told.map((field) => ({ key: field, header: t(field), render: (row: ResultRow) => row[field] ?? '–' })),
    ...table.parts.map(({ title, max }, index) => ({
      key: `part${index}`,
      header: t('outOf', { title: shortTitle(title, index), max: formatMark(max, language) }),
      isNumber: true,
      render: (row: ResultRow) => mark(row.marks?.parts[index]),
    })),
    { key: 'total', header: t('total'), isNumber: true, render: (row) => mark(row.marks?.total) },
    {
      key: 'mark',
      header: t('mark'),
      isNumber: true,
      render: (row) => (row.marks ? <strong>{mark(row.marks.rounded)}</strong> : t('absent')),
    },
  ];
  return (
    <DataTable label={t('table')} columns={columns} rows={table.rows} rowKey={({ attempt }) => attempt} />
  );
}

/** The candidate, and below what was chosen where there was something to choose. */
function NameAndChoice({ row: { name, marks } }: { row: ResultRow }) {
  const t = useWords(resultWords);
  const notes = [
    ...(marks?.branch === undefined ? [] : [t('branch', { branch: marks.branch })]),
    ...(marks?.surplus ? [t('surplus', { n: marks.surplus })] : []),
  ];
  return (
    <>
      {name}
      {notes.length > 0 && <span className="quiet chosen">{notes.join(' · ')}</span>}
    </>
  );
}

/** A heading that fits a column: what stands before the first full stop, such as `Phần I`. */
function shortTitle(title: string, index: number): string {
  return title.split('.')[0]?.trim() || String(index + 1);
}

function Downloads({ exam }: { exam: string }) {
  const t = useWords(resultWords);
  const download = useMutation({
    mutationFn: (format: 'xlsx' | 'csv') => api.download(`/exams/${exam}/results.${format}`),
  });
  return (
    <Group gap="sm">
      <Button variant="default" loading={download.isPending} onClick={() => download.mutate('xlsx')}>
        {t('xlsx')}
      </Button>
      <Button variant="default" loading={download.isPending} onClick={() => download.mutate('csv')}>
        {t('csv')}
      </Button>
      {download.error && <Problem error={download.error} />}
    </Group>
  );
}

function Publication({ exam }: { exam: string }) {
  const t = useWords(resultWords);
  const download = useMutation({ mutationFn: () => api.download(`/exams/${exam}/publication`) });
  return (
    <Section title={t('check')}>
      <p className="quiet">{t('checkHint')}</p>
      <Button variant="default" mt="sm" loading={download.isPending} onClick={() => download.mutate()}>
        {t('publication')}
      </Button>
      {download.error && <Problem error={download.error} />}
    </Section>
  );
}

function Release({ exam }: { exam: ExamView }) {
  const t = useWords(resultWords);
  const notice = useNotice();
  const refresh = useExamRefresh(exam.id);
  const release = useMutation({
    mutationFn: () => api.post(`/exams/${exam.id}/release`),
    onSuccess: () => {
      notice(t('done'));
      refresh();
    },
  });
  return (
    <AskFirst label={t('release')} isPrimary title={t('releaseTitle')} confirm={t('releaseGo')} act={release}>
      <Text>{t('releaseWhat', { points: exam.showPoints ? t('withPoints') : '' })}</Text>
    </AskFirst>
  );
}
