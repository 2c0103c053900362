import { Button, Group, Select } from '@mantine/core';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { ExamView } from '#bank/protocol';
import { ExamPage } from '../exams/exam-page.tsx';
import { useExam, useExamPart } from '../exams/exam-queries.ts';
import { ExamStateTag } from '../exams/exam-state-tag.tsx';
import { Start } from '../exams/start.tsx';
import { ClockEvents } from '../parts/clock-events.tsx';
import { Loading } from '../parts/loading.tsx';
import { Empty } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { clockTime } from '../words/format.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';
import { Clock } from './clock.tsx';
import { Counts } from './counts.tsx';
import { Devices } from './devices.tsx';
import { ForgottenPauses } from './forgotten-pauses.tsx';
import { Freshness } from './freshness.tsx';
import { usePresence, type Presence } from './presence-queries.ts';
import { Rows } from './rows.tsx';
import { inOrder, standingOf, type Order, type Standing } from './standing.ts';
import './wall.css';

const RoomActs = lazy(async () => ({ default: (await import('./room-acts.tsx')).RoomActs }));

/** The room on one screen: how everybody stands, what needs attention first. */
export function Wall({ params }: { params: Record<string, string> }) {
  const t = useWords(wallWords);
  const part = useExamPart();
  const exam = useExam(params['exam'] ?? '');
  if (exam.isPending) return <Loading />;
  if (exam.error) return <Problem error={exam.error} onRetry={() => void exam.refetch()} />;
  const { state } = exam.data;
  return (
    <ExamPage
      exam={exam.data}
      title={`${t('title')}: ${exam.data.title}`}
      lead={<ExamStateTag state={state} />}
      actions={state === 'sealed' && part(exam.data).mayStart && <Start exam={exam.data} />}
    >
      {state === 'draft' ? <Empty title={t('notSealed')} /> : <Room exam={exam.data} />}
    </ExamPage>
  );
}

function Room({ exam }: { exam: ExamView }) {
  const [isFrozen, setFrozen] = useState(false);
  const isLive = !isFrozen && (exam.state === 'sealed' || exam.state === 'open');
  const { query: presence, heardAt, pollMs } = usePresence(exam.id, exam.state, isLive);
  if (presence.isPending) return <Loading />;
  if (presence.error && !presence.data) {
    return <Problem error={presence.error} onRetry={() => void presence.refetch()} />;
  }
  return (
    <>
      {presence.error && <Problem error={presence.error} />}
      {isLive && <Freshness heardAt={heardAt} />}
      <ClockEvents events={presence.data.clock} written={clockTime} />
      <Devices exam={exam.id} pollMs={pollMs} />
      <Seen presence={presence.data} exam={exam} isFrozen={isFrozen} onFreeze={setFrozen} />
    </>
  );
}

interface SeenProps {
  presence: Presence;
  exam: ExamView;
  isFrozen: boolean;
  onFreeze(isFrozen: boolean): void;
}

function Seen({ presence, exam, isFrozen, onFreeze }: SeenProps) {
  const t = useWords(wallWords);
  const [order, setOrder] = useState<Order>('problem');
  const [shown, setShown] = useState<Standing | null>(null);
  const rows = useMemo(
    () =>
      inOrder(presence.candidates, order, presence.state).filter(
        (one) => shown === null || standingOf(one) === shown,
      ),
    [presence, order, shown],
  );
  const isLive = exam.state === 'sealed' || exam.state === 'open';
  return (
    <>
      <div className="wall-head">
        <Clock presence={presence} />
        <Group gap="sm" align="flex-end">
          <Select
            label={t('order')}
            w={190}
            allowDeselect={false}
            data={[
              { value: 'problem', label: t('byProblem') },
              { value: 'number', label: t('byNumber') },
              { value: 'name', label: t('byName') },
            ]}
            value={order}
            onChange={(value) => setOrder(value as Order)}
          />
          {exam.state === 'open' && (
            <Suspense fallback={null}>
              <RoomActs presence={presence} />
            </Suspense>
          )}
          {isLive && (
            <Button variant="default" aria-pressed={isFrozen} onClick={() => onFreeze(!isFrozen)}>
              {isFrozen ? t('unfreeze') : t('freeze')}
            </Button>
          )}
        </Group>
      </div>
      {isFrozen && <p className="frozen">{t('frozen', { time: clockTime(presence.now) })}</p>}
      <ForgottenPauses presence={presence} />
      <Counts presence={presence} shown={shown} onShow={setShown} />
      <Rows presence={presence} rows={rows} />
    </>
  );
}
