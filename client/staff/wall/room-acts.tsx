import { Button, Stack } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Dialog } from '../parts/confirm.tsx';
import { useMay } from '../session/session.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';
import { MoreTime } from './more-time.tsx';
import { Pausing } from './pausing.tsx';
import type { Presence } from './presence-queries.ts';

const Outages = lazy(async () => ({ default: (await import('./outages.tsx')).Outages }));

type RoomAct = 'time' | 'pause' | 'resume' | 'outages';
const WORDS = { time: 'moreTimeAll', pause: 'pauseAll', resume: 'resumeAll', outages: 'outagesAll' } as const;

/** What a proctor may do for the whole room while it writes. */
export function RoomActs({ presence: { exam, candidates } }: { presence: Presence }) {
  const t = useWords(wallWords);
  const may = useMay();
  const [opened, setOpened] = useState<RoomAct | 'choice' | null>(null);
  const close = () => setOpened(null);
  if (!may('exams.start')) return null;
  const isPaused = candidates.some(({ state }) => state === 'paused');
  const acts: RoomAct[] = ['time', 'pause', ...(isPaused ? (['resume'] as const) : []), 'outages'];
  return (
    <>
      <Button variant="default" onClick={() => setOpened('choice')}>
        {t('roomActs')}
      </Button>
      <Dialog opened={opened === 'choice'} title={t('roomActs')} onClose={close}>
        <Stack>
          {acts.map((act) => (
            <Button key={act} variant="default" onClick={() => setOpened(act)}>
              {t(WORDS[act])}
            </Button>
          ))}
        </Stack>
      </Dialog>
      <MoreTime opened={opened === 'time'} candidate={null} exam={exam} onClose={close} />
      <Pausing
        opened={opened === 'pause' || opened === 'resume'}
        act={opened === 'resume' ? 'resume' : 'pause'}
        candidate={null}
        exam={exam}
        onClose={close}
      />
      <Suspense>{opened === 'outages' && <Outages opened exam={exam} onClose={close} />}</Suspense>
    </>
  );
}
