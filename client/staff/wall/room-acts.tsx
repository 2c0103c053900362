import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useMay } from '../session/session.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';
import { MoreTime } from './more-time.tsx';
import { Outages } from './outages.tsx';
import { Pausing } from './pausing.tsx';
import type { Presence } from './presence-queries.ts';

type RoomAct = 'time' | 'pause' | 'resume' | 'outages';

/** What a proctor may do for the whole room while it writes. */
export function RoomActs({ presence: { exam, candidates } }: { presence: Presence }) {
  const t = useWords(wallWords);
  const may = useMay();
  const [opened, setOpened] = useState<RoomAct | null>(null);
  const close = () => setOpened(null);
  if (!may('exams.start')) return null;
  const isPaused = candidates.some(({ state }) => state === 'paused');
  return (
    <>
      <Menu position="bottom-start">
        <Menu.Target>
          <Button variant="default">{t('roomActs')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setOpened('time')}>{t('moreTimeAll')}</Menu.Item>
          <Menu.Item onClick={() => setOpened('pause')}>{t('pauseAll')}</Menu.Item>
          {isPaused && <Menu.Item onClick={() => setOpened('resume')}>{t('resumeAll')}</Menu.Item>}
          <Menu.Item onClick={() => setOpened('outages')}>{t('outagesAll')}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <MoreTime opened={opened === 'time'} candidate={null} exam={exam} onClose={close} />
      <Pausing
        opened={opened === 'pause' || opened === 'resume'}
        act={opened === 'resume' ? 'resume' : 'pause'}
        candidate={null}
        exam={exam}
        onClose={close}
      />
      <Outages opened={opened === 'outages'} exam={exam} onClose={close} />
    </>
  );
}
