import { Radio, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import {
  RESERVE_REASONS,
  type CandidateList,
  type ExamView,
  type ReserveIssued,
  type ReserveReason,
} from '#bank/protocol';
import { api } from '../api/client.ts';
import { useExamRefresh } from '../exams/exam-queries.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { useNotice } from '../parts/notice.tsx';
import { placeWords } from '../words/forms.ts';
import { useWords } from '../words/words.ts';

interface IssueReserveProps {
  exam: ExamView;
  candidate: CandidateList['candidates'][number];
}

/** Gives a candidate the next paper in reserve, with a reason. */
export function IssueReserve({ exam, candidate }: IssueReserveProps) {
  const t = useWords(placeWords);
  const notice = useNotice();
  const refresh = useExamRefresh(exam.id);
  const [reason, setReason] = useState<ReserveReason>('latecomer');
  const issue = useMutation({
    mutationFn: () =>
      api.post<ReserveIssued>(`/exams/${exam.id}/candidates/${candidate.id}/reserve`, { reason }),
    onSuccess: ({ order, left }) => {
      notice(t('issued', { order, left }));
      refresh();
    },
  });
  return (
    <AskFirst
      label={t('issue')}
      fullLabel={t('issueOf', { number: candidate.number })}
      isSmall
      title={t('issueTitle', { name: candidate.person.name })}
      confirm={t('issueGo')}
      isDangerous
      act={issue}
    >
      <Text>{t('issueWhat', { n: exam.reserveIssued + 1, all: exam.reserve })}</Text>
      <Radio.Group
        label={t('reason')}
        value={reason}
        onChange={(value) => setReason(RESERVE_REASONS.find((one) => one === value) ?? reason)}
      >
        <Stack gap="xs" mt="xs">
          {RESERVE_REASONS.map((one) => (
            <Radio key={one} value={one} label={t(one)} />
          ))}
        </Stack>
      </Radio.Group>
      <Text>{t('issueRecorded')}</Text>
    </AskFirst>
  );
}
