import { Button, Stack } from '@mantine/core';
import type { PresentCandidate } from '#bank/protocol';
import { Dialog } from '../parts/confirm.tsx';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';

export type RareAct = 'pause' | 'resume' | 'end';

interface RareActsProps {
  opened: boolean;
  candidate: PresentCandidate;
  onAct(act: RareAct): void;
  onClose(): void;
}

/** What a proctor seldom does for one candidate; each asks again before it does anything. */
export function RareActs({ opened, candidate, onAct, onClose }: RareActsProps) {
  const t = useWords(wallWords);
  const act = candidate.state === 'paused' ? 'resume' : 'pause';
  return (
    <Dialog opened={opened} title={candidate.name} onClose={onClose}>
      <Stack>
        <Button variant="default" onClick={() => onAct(act)}>
          {t(act)}…
        </Button>
        <Button variant="default" onClick={() => onAct('end')}>
          {t('end')}…
        </Button>
      </Stack>
    </Dialog>
  );
}
