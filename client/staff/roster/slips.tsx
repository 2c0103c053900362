import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { AccessSlips, ExamView, JobView } from '#bank/protocol';
import { api } from '../api/client.ts';
import { useJob } from '../api/jobs.ts';
import { ExamPage } from '../exams/exam-page.tsx';
import { useExam, useExamRefresh } from '../exams/exam-queries.ts';
import { JobProgress } from '../parts/job-progress.tsx';
import { Loading } from '../parts/loading.tsx';
import { Empty, Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { rosterWords, slipWords } from '../words/roster.ts';
import { useWords } from '../words/words.ts';
import { SlipSheet } from './slip-sheet.tsx';

/** Access codes and the slips that carry them. */
export function Slips({ params }: { params: Record<string, string> }) {
  const t = useWords(slipWords);
  const exam = useExam(params['exam'] ?? '');
  if (exam.isPending) return <Loading />;
  if (exam.error) return <Problem error={exam.error} onRetry={() => void exam.refetch()} />;
  return (
    <ExamPage exam={exam.data} title={t('title')} lead={t('lead')}>
      {exam.data.candidateCount === 0 ? (
        <Empty
          title={t('none')}
          action={
            <Button component="a" href={`#/exams/${exam.data.id}/candidates`}>
              {t('toRoster')}
            </Button>
          }
        />
      ) : (
        <CodesAndSlips exam={exam.data} />
      )}
    </ExamPage>
  );
}

function CodesAndSlips({ exam }: { exam: ExamView }) {
  const t = useWords(slipWords);
  const refresh = useExamRefresh(exam.id);
  const job = useJob({
    name: `codes:${exam.id}`,
    start: () => api.post<JobView>(`/exams/${exam.id}/codes`),
    onDone: refresh,
  });
  const slips = useMutation({ mutationFn: () => api.post<AccessSlips>(`/exams/${exam.id}/slips`) });
  const missing = exam.candidateCount - exam.codeCount;
  return (
    <>
      <div className="no-print">
        <Section title={t('codes')}>
          <p>{t('codesState', { codes: exam.codeCount, n: exam.candidateCount })}</p>
          <JobProgress job={job} label={t('making')} />
          <Group mt="md">
            {missing > 0 && !job.isRunning && (
              <Button onClick={job.start}>{t('make', { n: missing })}</Button>
            )}
            {exam.codeCount > 0 && !job.isRunning && (
              <Button
                variant={missing > 0 || slips.data ? 'default' : 'filled'}
                loading={slips.isPending}
                onClick={() => slips.mutate()}
              >
                {t('show')}
              </Button>
            )}
          </Group>
          <p className="quiet note">{t('showHint')}</p>
          {slips.error && <Problem error={slips.error} />}
        </Section>
      </div>
      {slips.data && <Sheet slips={slips.data} />}
    </>
  );
}

function Sheet({ slips }: { slips: AccessSlips }) {
  const t = useWords(slipWords);
  const roster = useWords(rosterWords);
  return (
    <Section
      title={t('slips', { n: slips.slips.length })}
      actions={
        <Button className="no-print" onClick={() => print()}>
          {t('print')}
        </Button>
      }
    >
      <SlipSheet slips={slips} label={roster('title')} />
    </Section>
  );
}
