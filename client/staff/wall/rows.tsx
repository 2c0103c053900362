import { memo, useCallback, useState } from 'react';
import type { PresentCandidate } from '#bank/protocol';
import { useMay } from '../session/session.ts';
import { duration } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';
import type { Presence } from './presence-queries.ts';
import { Ending } from './ending.tsx';
import { MoreTime } from './more-time.tsx';
import { OwnEnd } from './own-end.tsx';
import { Pausing } from './pausing.tsx';
import { RareActs, type RareAct } from './rare-acts.tsx';
import { Release } from './release.tsx';
import { CAN_WRITE, needsAttention, standingOf, type Standing } from './standing.ts';

const MARKS = {
  lost: '▲',
  away: '○',
  paused: '‖',
  waiting: '◔',
  working: '●',
  submitted: '✓',
  closed: '✓',
  ended: '✕',
} as const satisfies Record<Standing, string>;

type RowAct = 'release' | 'time' | 'more' | RareAct;

interface RowsProps {
  presence: Presence;
  rows: readonly PresentCandidate[];
}

/**
 * One row of fixed height per candidate. The rows of this table are grids of their own: those out of sight need not
 * be laid out, and one is drawn again only when it says something else, so that a thousand can be followed.
 */
export function Rows({ presence, rows }: RowsProps) {
  const t = useWords(wallWords);
  const ago = useAgo(presence.now);
  const may = useMay();
  const [chosen, setChosen] = useState<PresentCandidate | null>(null);
  const [opened, setOpened] = useState<RowAct | null>(null);
  const act = useCallback((what: RowAct, candidate: PresentCandidate) => {
    setChosen(candidate);
    setOpened(what);
  }, []);
  const close = () => setOpened(null);
  const mayAct = may('exams.start') && (presence.state === 'sealed' || presence.state === 'open');
  return (
    <>
      <table className="wall" aria-label={t('all')}>
        <thead>
          <tr className="wall-row">
            <th scope="col">{t('number')}</th>
            <th scope="col">{t('name')}</th>
            <th scope="col">{t('state')}</th>
            <th scope="col">{t('answered')}</th>
            <th scope="col">{t('saved')}</th>
            {mayAct && <th scope="col">{t('action')}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((candidate) => (
            <Row
              key={candidate.candidate}
              candidate={candidate}
              saved={ago(candidate.lastSavedAt)}
              isUrgent={needsAttention(candidate, presence.state)}
              onAct={mayAct ? act : null}
            />
          ))}
        </tbody>
      </table>
      <Release opened={opened === 'release'} candidate={chosen} exam={presence.exam} onClose={close} />
      {chosen && (
        <>
          <MoreTime opened={opened === 'time'} candidate={chosen} exam={presence.exam} onClose={close} />
          <RareActs opened={opened === 'more'} candidate={chosen} onAct={setOpened} onClose={close} />
          <Pausing
            opened={opened === 'pause' || opened === 'resume'}
            act={opened === 'resume' ? 'resume' : 'pause'}
            candidate={chosen}
            exam={presence.exam}
            onClose={close}
          />
          <Ending opened={opened === 'end'} candidate={chosen} exam={presence.exam} onClose={close} />
        </>
      )}
    </>
  );
}

interface RowProps {
  candidate: PresentCandidate;
  /** When the last answer was saved, in words. */
  saved: string;
  isUrgent: boolean;
  onAct: ((what: RowAct, candidate: PresentCandidate) => void) | null;
}

/** Whether a row says the same as before. */
function isSame(before: RowProps, after: RowProps): boolean {
  const shown = [
    'name',
    'number',
    'form',
    'state',
    'connected',
    'answered',
    'devices',
    'held',
    'endsAt',
  ] as const;
  return (
    before.saved === after.saved &&
    before.isUrgent === after.isUrgent &&
    (before.onAct === null) === (after.onAct === null) &&
    before.candidate.section?.number === after.candidate.section?.number &&
    shown.every((field) => before.candidate[field] === after.candidate[field])
  );
}

const Row = memo(({ candidate, saved, isUrgent, onAct }: RowProps) => {
  const t = useWords(wallWords);
  const standing = standingOf(candidate);
  const { section } = candidate;
  return (
    <tr className="wall-row" data-tone={isUrgent ? (standing === 'lost' ? 'alarm' : 'care') : undefined}>
      <td className="tabular">{candidate.number}</td>
      <th scope="row">
        {candidate.name}
        {candidate.form !== undefined && (
          <span className="quiet"> · {t('form', { form: candidate.form })}</span>
        )}
      </th>
      <td>
        <span aria-hidden="true">{MARKS[standing]} </span>
        {t(standing)}
        {candidate.held > 0 && ` · ${t('heldCount', { n: candidate.held })}`}
        {candidate.devices > 1 && <span className="quiet"> · {t('devices', { n: candidate.devices })}</span>}
        {section && CAN_WRITE.has(candidate.state) && (
          <span className="quiet"> · {t('section', { n: section.number + 1, count: section.count })}</span>
        )}
        <OwnEnd candidate={candidate} />
      </td>
      <td className="tabular">
        <span className="wall-label">{t('answered')}: </span>
        {candidate.answered}
      </td>
      <td className="tabular">
        <span className="wall-label">{t('saved')}: </span>
        {saved}
      </td>
      {onAct && (
        <td className="row-acts">
          {actsFor(candidate).map(({ act, word, label }) => (
            <button
              key={act}
              type="button"
              className="row-button"
              aria-label={t(label, { name: candidate.name })}
              onClick={() => onAct(act, candidate)}
            >
              {t(word)}
            </button>
          ))}
        </td>
      )}
    </tr>
  );
}, isSame);
Row.displayName = 'Row';

const ACTS = {
  time: { act: 'time', word: 'moreTime', label: 'moreTimeOf' },
  release: { act: 'release', word: 'release', label: 'releaseOf' },
  more: { act: 'more', word: 'more', label: 'moreOf' },
} as const satisfies Partial<Record<RowAct, { act: RowAct; word: string; label: string }>>;

/** What a proctor may do for a candidate now. */
function actsFor({ state, devices }: PresentCandidate) {
  const canWrite = CAN_WRITE.has(state);
  return [
    ...(canWrite ? [ACTS.time] : []),
    ...(devices > 0 ? [ACTS.release] : []),
    ...(canWrite ? [ACTS.more] : []),
  ];
}

const STEP = 5;

/** How long ago something was, in steps of five seconds below a minute, so that rows do not change all the time. */
function useAgo(now: number): (at: number | null) => string {
  const t = useWords(wallWords);
  const language = useLanguage();
  return (at) => {
    if (at === null) return t('never');
    const seconds = Math.max(0, Math.round((now - at) / 1000));
    const step = seconds < 60 ? STEP : 60;
    return t('ago', { time: duration(Math.max(STEP, seconds - (seconds % step)), language) });
  };
}
