import { Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ExamView, ShiftStarted } from '#bank/protocol';
import { api } from '../api/client.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { useNotice } from '../parts/notice.tsx';
import { stepWords } from '../words/exams.ts';
import { useWords } from '../words/words.ts';
import { useExamRefresh } from './exam-queries.ts';

/** Starts the next shift of an open exam that has several. */
export function NextShift({ exam }: { exam: ExamView }) {
  const t = useWords(stepWords);
  const notice = useNotice();
  const refresh = useExamRefresh(exam.id);
  const { assembly, shiftsStarted: n, state } = exam;
  const shift = (n ?? 0) + 1;
  const start = useMutation({
    mutationFn: () => api.post<ShiftStarted>(`/exams/${exam.id}/shifts`, { shift }),
    onSuccess: ({ started }) => {
      notice(t('shiftDone', { shift, n: started }));
      refresh();
    },
  });
  if (assembly === 'dealt' || n === undefined || state !== 'open') return null;
  const shifts = assembly.forms.count / assembly.forms.perShift;
  return (
    <>
      <Text>{t('shiftsBegun', { n, shifts })}</Text>
      {n < shifts && (
        <AskFirst
          label={t('shiftGo', { shift })}
          isPrimary
          title={t('shiftTitle', { shift })}
          confirm={t('shiftGo', { shift })}
          act={start}
        >
          <Text>{t('shiftWhat', { shift })}</Text>
        </AskFirst>
      )}
    </>
  );
}
