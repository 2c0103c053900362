import { Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RELEASE_REASONS, type PresentCandidate, type ReleaseReason } from '#bank/protocol';
import { api } from '../api/client.ts';
import { Confirm } from '../parts/confirm.tsx';
import { useNotice } from '../parts/notice.tsx';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';

interface ReleaseProps {
  opened: boolean;
  /** Null before anybody was chosen. */
  candidate: PresentCandidate | null;
  exam: string;
  onClose(): void;
}

/** Lets a candidate sign in on another device; never without a reason. */
export function Release({ opened, candidate, exam, onClose }: ReleaseProps) {
  const t = useWords(wallWords);
  const notice = useNotice();
  const queries = useQueryClient();
  const [reason, setReason] = useState<ReleaseReason>('device-failed');
  const { name = '', number = '' } = candidate ?? {};
  const release = useMutation({
    mutationFn: () => api.post(`/candidates/${candidate?.candidate}/release`, { reason }),
    onSuccess: () => {
      onClose();
      notice(t('released', { name }));
      void queries.invalidateQueries({ queryKey: ['exam', exam, 'presence'] });
    },
  });
  return (
    <Confirm
      opened={opened}
      title={t('releaseTitle', { name })}
      confirm={t('release')}
      isPending={release.isPending}
      error={release.error}
      onConfirm={release.mutate}
      onClose={onClose}
    >
      <Text>{t('releaseWhat', { number })}</Text>
      <Radio.Group
        label={t('reason')}
        value={reason}
        onChange={(value) => setReason(RELEASE_REASONS.find((one) => one === value) ?? reason)}
      >
        <Stack gap="xs" mt="xs">
          {RELEASE_REASONS.map((one) => (
            <Radio key={one} value={one} label={t(one)} />
          ))}
        </Stack>
      </Radio.Group>
    </Confirm>
  );
}
