import { Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { TIME_REASONS, type PresentCandidate, type TimeReason } from '#bank/protocol';
import { Confirm } from '../parts/confirm.tsx';
import { useNotice } from '../parts/notice.tsx';
import { timeReasonNames } from '../words/time-reasons.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';
import { Reasons } from './reasons.tsx';
import { useDecision } from './use-decision.ts';

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
  const [minutes, setMinutes] = useState(5);
  const [reason, setReason] = useState<TimeReason>('outage');
  const extend = useDecision(exam, ({ changed, over }) => {
    onClose();
    notice(t(over > 0 ? 'timeGivenNotAll' : 'timeGiven', { n: minutes, count: changed, over }));
  });
  const whom = candidate ? { candidates: [candidate.candidate] } : {};
  return (
    <Confirm
      opened={opened}
      title={candidate ? t('moreTimeTitle', { name: candidate.name }) : t('moreTimeAllTitle')}
      confirm={t('moreTimeGive', { n: minutes })}
      isPending={extend.isPending}
      isDisabled={minutes === 0}
      error={extend.error}
      onConfirm={() => extend.mutate({ act: 'time', body: { minutes, reason, ...whom } })}
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
      <Reasons reasons={TIME_REASONS} value={reason} name={reasonName} onChange={setReason} />
    </Confirm>
  );
}
