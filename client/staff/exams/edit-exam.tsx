import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { ExamView } from '#bank/protocol';
import { api } from '../api/client.ts';
import { Loading } from '../parts/loading.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { examFormWords, examWords } from '../words/exams.ts';
import { useWords } from '../words/words.ts';
import { ExamForm } from './exam-form.tsx';
import { ExamPage } from './exam-page.tsx';
import { useExam, useExamRefresh } from './exam-queries.ts';
import { toFields, toSettings, type ExamFields } from './exam-settings.ts';

export function EditExam({ params }: { params: Record<string, string> }) {
  const id = params['exam'] ?? '';
  const t = useWords(examFormWords);
  const exams = useWords(examWords);
  const [, navigate] = useLocation();
  const notice = useNotice();
  const exam = useExam(id);
  const refresh = useExamRefresh(id);
  const save = useMutation({
    mutationFn: (fields: ExamFields) => api.put<ExamView>(`/exams/${id}/settings`, toSettings(fields)),
    onSuccess: () => {
      refresh();
      notice(t('saved'));
      navigate(`/exams/${id}`);
    },
  });
  if (exam.isPending) return <Loading />;
  if (exam.error) return <Problem error={exam.error} onRetry={() => void exam.refetch()} />;
  return (
    <ExamPage exam={exam.data} title={t('edit')}>
      <Section title={exams('settings')}>
        <ExamForm
          initial={toFields(exam.data)}
          submit={t('save')}
          isPending={save.isPending}
          error={save.error}
          onSubmit={save.mutate}
        />
      </Section>
    </ExamPage>
  );
}
