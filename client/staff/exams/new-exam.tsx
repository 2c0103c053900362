import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { ExamView } from '#bank/protocol';
import { api } from '../api/client.ts';
import { useBanks } from '../banks/bank-queries.ts';
import { Loading } from '../parts/loading.tsx';
import { Empty, Page, Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { examFormWords, examWords } from '../words/exams.ts';
import { useWords } from '../words/words.ts';
import { ExamForm } from './exam-form.tsx';
import { NEW_EXAM, toNewExam, type ExamFields } from './exam-settings.ts';

export function NewExamPage() {
  const t = useWords(examFormWords);
  const exams = useWords(examWords);
  const [, navigate] = useLocation();
  const banks = useBanks();
  const create = useMutation({
    mutationFn: (fields: ExamFields) => api.post<ExamView>('/exams', toNewExam(fields)),
    onSuccess: ({ id }) => navigate(`/exams/${id}`),
  });
  return (
    <Page title={t('create')} crumbs={[{ title: exams('title'), to: '/exams' }]}>
      {banks.isPending && <Loading />}
      {banks.error && <Problem error={banks.error} onRetry={() => void banks.refetch()} />}
      {banks.data?.length === 0 && (
        <Empty
          title={t('noBank')}
          action={
            <Button component="a" href="#/banks">
              {t('toBanks')}
            </Button>
          }
        />
      )}
      {banks.data && banks.data.length > 0 && (
        <Section title={exams('settings')}>
          <ExamForm
            initial={{ ...NEW_EXAM, bank: onlyOf(banks.data) }}
            banks={banks.data}
            submit={t('submit')}
            isPending={create.isPending}
            error={create.error}
            onSubmit={create.mutate}
          />
        </Section>
      )}
    </Page>
  );
}

/** Where there is one bank it is meant; among several the teacher chooses. */
function onlyOf(banks: readonly { id: string }[]): string {
  return banks.length === 1 ? (banks[0]?.id ?? '') : '';
}
