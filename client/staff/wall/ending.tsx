import { Text } from '@mantine/core';
import { useState } from 'react';
import { END_REASONS, type EndReason, type PresentCandidate } from '#bank/protocol';
import { Confirm } from '../parts/confirm.tsx';
import { useNotice } from '../parts/notice.tsx';
import { endReasonNames } from '../words/time-reasons.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';
import { Reasons } from './reasons.tsx';
import { useDecision } from './use-decision.ts';

interface EndingProps {
  opened: boolean;
  candidate: PresentCandidate;
  exam: string;
  onClose(): void;
}

/** Ends the attempt of one candidate for good; never without a reason. */
export function Ending({ opened, candidate, exam, onClose }: EndingProps) {
  const t = useWords(wallWords);
  const reasonName = useWords(endReasonNames);
  const notice = useNotice();
  const [reason, setReason] = useState<EndReason>('rule-breach');
  const { name } = candidate;
  const end = useDecision(exam, ({ changed }) => {
    onClose();
    notice(t(changed > 0 ? 'endedNow' : 'endedBefore', { name }));
  });
  return (
    <Confirm
      opened={opened}
      title={t('endTitle', { name })}
      confirm={t('end')}
      isDangerous
      isPending={end.isPending}
      error={end.error}
      onConfirm={() => end.mutate({ act: 'terminate', body: { reason, candidates: [candidate.candidate] } })}
      onClose={onClose}
    >
      <Text>{t('endWhat')}</Text>
      <Reasons reasons={END_REASONS} value={reason} name={reasonName} onChange={setReason} />
    </Confirm>
  );
}
