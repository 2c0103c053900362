import { Button } from '@mantine/core';
import type { ExamView, JobView } from '#bank/protocol';
import { api } from '../api/client.ts';
import { useJob } from '../api/jobs.ts';
import { JobProgress } from '../parts/job-progress.tsx';
import { stepWords } from '../words/exams.ts';
import { useWords } from '../words/words.ts';
import { useExamRefresh } from './exam-queries.ts';

/** Starts the grading of a closed exam and follows it. */
export function Grade({ exam }: { exam: ExamView }) {
  const t = useWords(stepWords);
  const refresh = useExamRefresh(exam.id);
  const job = useJob({
    name: `grade:${exam.id}`,
    start: () => api.post<JobView>(`/exams/${exam.id}/grade`),
    onDone: refresh,
  });
  return (
    <>
      <JobProgress job={job} label={t('grading')} />
      {!job.isRunning && <Button onClick={job.start}>{t('gradeGo')}</Button>}
    </>
  );
}
