import type { CandidateMe } from '#bank/protocol';
import { timeNow, type ExamState } from '../../core/index.ts';
import { clockTime, countdown } from '../format.ts';
import { Banner } from '../parts/banner.tsx';
import { Heading } from '../parts/heading.tsx';
import { ViewSettings } from '../parts/view-settings.tsx';
import type { Session } from '../session.ts';
import { seatText, useExamUi } from '../exam-ui.ts';

interface WaitingProps {
  me: CandidateMe;
  state: ExamState;
  session: Session;
  download: { bytes: number; isDone: boolean };
  onSignOut(): void;
}

/** The waiting room: who and what, the server's time, and whether this device is ready. */
export function Waiting({ me, state, session, download, onSignOut }: WaitingProps) {
  const { t } = useExamUi();
  const now = timeNow(state);
  const size = Math.ceil(download.bytes / 1024);
  const isLineUp = state.link === 'online';
  const checks = [
    [download.isDone, t(download.isDone ? 'checkPaper' : 'checkPaperLoading', { size })],
    [!state.isStorageFailed, t('checkStorage')],
    [isLineUp, t(isLineUp ? 'checkLine' : 'checkLineWaiting')],
    [state.clock !== null, t('checkClock')],
  ] as const;
  const isReady = checks.every(([isGood]) => isGood);
  const toStart = state.startsAt === null || now === null ? 0 : Math.max(0, state.startsAt - now);
  const what = state.phase === 'running' ? 'opening' : toStart > 0 ? 'startsIn' : 'startsSoon';
  return (
    <main className="card">
      <p className="brand">{me.title}</p>
      <Heading>{t('greeting', { name: me.name })}</Heading>
      <p>{seatText(me, t)}</p>
      <Banner state={state} session={session} />
      <div className="start">
        <p>{t(what)}</p>
        {what === 'startsIn' && (
          <p className="big" role="timer" aria-live="off">
            {countdown(toStart)}
          </p>
        )}
        {now !== null && (
          <p className="hint">
            {t('serverTime')} <b className="clock">{clockTime(now, true)}</b>
          </p>
        )}
      </div>
      <h2>{t('checks')}</h2>
      <ul className="checks">
        {checks.map(([isGood, text]) => (
          <li key={text} data-good={isGood}>
            {text}
          </li>
        ))}
      </ul>
      {!download.isDone && <progress aria-label={t('checkPaperLoading', { size })} />}
      <output className={isReady ? 'ready' : 'hint'}>{t(isReady ? 'ready' : 'notReady')}</output>
      <p className="hint">{t('rules')}</p>
      <details className="settings">
        <summary>
          {t('language')} · {t('textSize')} · {t('theme')}
        </summary>
        <ViewSettings />
      </details>
      <button type="button" className="plain" onClick={onSignOut}>
        {t('signOut')}
      </button>
    </main>
  );
}
