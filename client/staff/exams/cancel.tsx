import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { CANCEL_REASONS, type CancelReason, type ExamCancelled, type ExamView } from '#bank/protocol';
import { api } from '../api/client.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { useNotice } from '../parts/notice.tsx';
import { Reasons } from '../wall/reasons.tsx';
import { cancelWords, startWords } from '../words/exams.ts';
import { number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { useWords } from '../words/words.ts';
import { useExamRefresh } from './exam-queries.ts';

/** Cancels a sealed exam that was not started; never without a reason. */
export function Cancel({ exam }: { exam: ExamView }) {
  const t = useWords(cancelWords);
  const start = useWords(startWords);
  const language = useLanguage();
  const notice = useNotice();
  const refresh = useExamRefresh(exam.id);
  const [reason, setReason] = useState<CancelReason>('postponed');
  const cancel = useMutation({
    mutationFn: () => api.post<ExamCancelled>(`/exams/${exam.id}/cancel`, { reason }),
    onSuccess: () => {
      notice(t('done'));
      refresh();
    },
  });
  return (
    <AskFirst label={t('cancel')} isSmall isDangerous title={t('title')} confirm={t('cancel')} act={cancel}>
      <Text>{t('what', { n: number(exam.candidateCount, language), title: exam.title })}</Text>
      <Reasons reasons={CANCEL_REASONS} value={reason} name={t} onChange={setReason} />
      <Text fw={600}>{start('recorded')}</Text>
    </AskFirst>
  );
}
