import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  TIME_REASONS,
  type ExtendTime,
  type PresentCandidate,
  type TimeExtended,
  type TimeReason,
} from '#bank/protocol';
import { api } from '../api/client.ts';
import { newDecision } from '../api/decision.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useNotice } from '../parts/notice.tsx';
import { timeReasonNames } from '../words/time-reasons.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';

const MOST_MINUTES = 240;

interface MoreTimeProps {
  opened: boolean;
  /** Null: everybody who is still writing. */
  candidate: PresentCandidate | null;
  exam: string;
  onClose(): void;
}

/** Gives one candidate or the whole room more time; never without a reason. */
export function MoreTime({ opened, candidate, exam, onClose }: MoreTimeProps) {
  const t = useWords(wallWords);
  const reasonName = useWords(timeReasonNames);
  const notice = useNotice();
  const queries = useQueryClient();
  const [decision, setDecision] = useState(newDecision);
  const [minutes, setMinutes] = useState(5);
  const [reason, setReason] = useState<TimeReason>('outage');
  const extend = useMutation({
    mutationFn: () => {
      const whom = candidate ? { candidates: [candidate.candidate] } : {};
      const body: ExtendTime = { decision, minutes, reason, ...whom };
      return api.post<TimeExtended>(`/exams/${exam}/time`, body);
    },
    onSuccess: ({ changed, over }) => {
      setDecision(newDecision());
      onClose();
      notice(t(over > 0 ? 'timeGivenNotAll' : 'timeGiven', { n: minutes, count: changed, over }));
      void queries.invalidateQueries({ queryKey: ['exam', exam, 'presence'] });
    },
  });
  return (
    <Confirm
      opened={opened}
      title={candidate ? t('moreTimeTitle', { name: candidate.name }) : t('moreTimeAllTitle')}
      confirm={t('moreTimeGive', { n: minutes })}
      isPending={extend.isPending}
      isDisabled={minutes === 0}
      error={extend.error}
      onConfirm={extend.mutate}
      onClose={onClose}
    >
      <Text>{t(candidate ? 'moreTimeWhat' : 'moreTimeAllWhat')}</Text>
      <TextInput
        label={t('minutes')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={3}
        value={minutes === 0 ? '' : String(minutes)}
        onChange={(event) => {
          const digits = event.currentTarget.value.replace(/\D/g, '');
          setMinutes(Math.min(MOST_MINUTES, Number(digits)));
        }}
      />
      <Radio.Group
        label={t('reason')}
        value={reason}
        onChange={(value) => setReason(TIME_REASONS.find((one) => one === value) ?? reason)}
      >
        <Stack gap="xs" mt="xs">
          {TIME_REASONS.map((one) => (
            <Radio key={one} value={one} label={reasonName(one)} />
          ))}
        </Stack>
      </Radio.Group>
    </Confirm>
  );
}
