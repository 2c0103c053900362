import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { ExamView, JobView } from '#bank/protocol';
import { api } from '../api/client.ts';
import { useJob } from '../api/jobs.ts';
import { Confirm } from '../parts/confirm.tsx';
import { JobProgress } from '../parts/job-progress.tsx';
import { sealWords, stepWords } from '../words/exams.ts';
import { number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { useWords } from '../words/words.ts';
import { useExamRefresh } from './exam-queries.ts';

/** Says what sealing does, starts it and follows it. */
export function Seal({ exam }: { exam: ExamView }) {
  const t = useWords(sealWords);
  const step = useWords(stepWords);
  const language = useLanguage();
  const [isAsking, setAsking] = useState(false);
  const refresh = useExamRefresh(exam.id);
  const job = useJob({
    name: `seal:${exam.id}`,
    start: () => api.post<JobView>(`/exams/${exam.id}/seal`),
    onDone: refresh,
  });
  return (
    <>
      <JobProgress job={job} label={step('sealing')} />
      {exam.sealing && !job.isRunning && <Text c="dimmed">{step('sealingElsewhere')}</Text>}
      {!exam.sealing && !job.isRunning && <Button onClick={() => setAsking(true)}>{step('sealGo')}</Button>}
      <Confirm
        opened={isAsking}
        title={t('title')}
        confirm={t('confirm')}
        onClose={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          job.start();
        }}
      >
        <Text>
          {exam.assembly === 'dealt'
            ? t('papers', { n: number(exam.candidateCount, language) })
            : t('forms', { forms: exam.assembly.forms.count, n: number(exam.candidateCount, language) })}{' '}
          {exam.reserve > 0 && t('reserve', { n: exam.reserve })}
        </Text>
        <Text>{t('nobody')}</Text>
        <Text fw={600}>{t('final')}</Text>
      </Confirm>
    </>
  );
}
