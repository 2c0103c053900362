import { Anchor, Button } from '@mantine/core';
import { useQueries, useQuery } from '@tanstack/react-query';
import type { ExamSummary, ExamView } from '#bank/protocol';
import { api } from '../api/client.ts';
import { examKey, examPage, useExamPart } from '../exams/exam-queries.ts';
import { ExamStateTag } from '../exams/exam-state-tag.tsx';
import { examSteps } from '../exams/exam-steps.ts';
import { Loading } from '../parts/loading.tsx';
import { Problem } from '../parts/problem.tsx';
import { useMay } from '../session/session.ts';
import { stepWords } from '../words/exams.ts';
import { homeWords } from '../words/home.ts';
import { useWords } from '../words/words.ts';

const SHOWN = 6;

/** The exams that are under way, each with its next step. */
export function HomeExams() {
  const t = useWords(homeWords);
  const may = useMay();
  const exams = useQuery({ queryKey: ['exams', 'home'], queryFn: () => examPage('') });
  if (exams.isPending) return <Loading />;
  if (exams.error) return <Problem error={exams.error} onRetry={() => void exams.refetch()} />;
  const underWay = exams.data.exams.filter(({ state }) => state !== 'released').slice(0, SHOWN);
  if (underWay.length > 0) return <UnderWay exams={underWay} />;
  if (!may('exams.manage')) return <p className="quiet">{t('noExams')}</p>;
  return (
    <>
      <p className="quiet">{t('beginExam')}</p>
      <Button component="a" href="#/exams/new" variant="default" mt="sm">
        {t('createExam')}
      </Button>
    </>
  );
}

function UnderWay({ exams }: { exams: readonly ExamSummary[] }) {
  const views = useQueries({
    queries: exams.map(({ id }) => ({
      queryKey: examKey(id),
      queryFn: () => api.get<ExamView>(`/exams/${id}`),
    })),
  });
  return (
    <ul className="tasks">
      {exams.map((exam, index) => (
        <Task key={exam.id} exam={exam} view={views[index]?.data} />
      ))}
    </ul>
  );
}

function Task({ exam, view }: { exam: ExamSummary; view: ExamView | undefined }) {
  const t = useWords(homeWords);
  const step = useWords(stepWords);
  const part = useExamPart();
  const steps = view ? examSteps(view, part(view)) : [];
  const now = steps.find(({ state }) => state === 'now');
  const waiting = steps.find(({ state }) => state === 'waiting');
  return (
    <li>
      <Anchor href={`#/exams/${exam.id}`} fw={600}>
        {exam.title}
      </Anchor>{' '}
      <ExamStateTag state={exam.state} />
      <p className="quiet">
        {now ? t('next', { step: step(now.name) }) : waiting && t('waitingFor', { step: step(waiting.name) })}
      </p>
    </li>
  );
}
