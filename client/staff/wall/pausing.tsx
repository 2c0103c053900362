import { Text } from '@mantine/core';
import { useState } from 'react';
import { TIME_REASONS, type PresentCandidate, type TimeReason } from '#bank/protocol';
import { Confirm } from '../parts/confirm.tsx';
import { useNotice } from '../parts/notice.tsx';
import { timeReasonNames } from '../words/time-reasons.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';
import { Reasons } from './reasons.tsx';
import { useDecision } from './use-decision.ts';

interface PausingProps {
  opened: boolean;
  /** Stop the clock, or let it go on. */
  act: 'pause' | 'resume';
  /** Null: everybody. */
  candidate: PresentCandidate | null;
  exam: string;
  onClose(): void;
}

/** Stops the clock of one candidate or of the whole room, for a reason, or lets it go on. */
export function Pausing({ opened, act, candidate, exam, onClose }: PausingProps) {
  const t = useWords(wallWords);
  const reasonName = useWords(timeReasonNames);
  const notice = useNotice();
  const [reason, setReason] = useState<TimeReason>('disturbance');
  const decide = useDecision(exam, ({ changed }) => {
    onClose();
    notice(t(act === 'pause' ? 'pausedNow' : 'resumedNow', { count: changed }));
  });
  const whom = candidate ? { candidates: [candidate.candidate] } : {};
  const name = candidate?.name ?? t('everybody');
  return (
    <Confirm
      opened={opened}
      title={t(act === 'pause' ? 'pauseTitle' : 'resumeTitle', { name })}
      confirm={t(act === 'pause' ? 'pause' : 'resume')}
      isPending={decide.isPending}
      error={decide.error}
      onConfirm={() => decide.mutate({ act, body: act === 'pause' ? { reason, ...whom } : whom })}
      onClose={onClose}
    >
      <Text>{t(act === 'pause' ? 'pauseWhat' : 'resumeWhat')}</Text>
      {act === 'pause' && (
        <Reasons reasons={TIME_REASONS} value={reason} name={reasonName} onChange={setReason} />
      )}
    </Confirm>
  );
}
