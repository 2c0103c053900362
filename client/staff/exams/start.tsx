import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ExamTimes, ExamView } from '#bank/protocol';
import { api } from '../api/client.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { useNotice } from '../parts/notice.tsx';
import { usePresence } from '../wall/presence-queries.ts';
import { startWords, stepWords } from '../words/exams.ts';
import { clockTime, duration, number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { useWords } from '../words/words.ts';
import { useExamRefresh } from './exam-queries.ts';

/** The audited start: says what will happen, and how many candidates are there, before it happens. */
export function Start({ exam }: { exam: ExamView }) {
  const t = useWords(startWords);
  const step = useWords(stepWords);
  const notice = useNotice();
  const refresh = useExamRefresh(exam.id);
  const start = useMutation({
    mutationFn: () => api.post<ExamTimes>(`/exams/${exam.id}/start`),
    onSuccess: ({ endsAt }) => {
      notice(t('started', { time: clockTime(endsAt) }));
      refresh();
    },
  });
  return (
    <AskFirst label={step('startGo')} isPrimary title={t('title')} confirm={t('confirm')} act={start}>
      <WhatHappens exam={exam} />
    </AskFirst>
  );
}

function WhatHappens({ exam }: { exam: ExamView }) {
  const t = useWords(startWords);
  const language = useLanguage();
  const { query } = usePresence(exam.id, exam.state, true);
  const { data } = query;
  const n = number(exam.candidateCount, language);
  const end = data && Math.min(data.now + exam.durationSeconds * 1000, exam.deadline ?? Infinity);
  const here = data?.candidates.filter(({ connected }) => connected).length;
  return (
    <>
      <Text>{t('what', { n, title: exam.title })}</Text>
      {hasShifts(exam) && <Text>{t('firstShift')}</Text>}
      {end !== undefined && (
        <Text>
          {t('until', { duration: duration(exam.durationSeconds, language), time: clockTime(end) })}
        </Text>
      )}
      {here !== undefined && <Text>{t('present', { here, n })}</Text>}
      <Text fw={600}>{t('recorded')}</Text>
    </>
  );
}

function hasShifts({ assembly }: ExamView): boolean {
  return assembly !== 'dealt' && assembly.forms.count > assembly.forms.perShift;
}
