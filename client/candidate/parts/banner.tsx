import type { TimeReason } from '#bank/protocol';
import { hasNextSection, countKept, unsentSlots, type ExamState } from '../../core/index.ts';
import { clockTime } from '../format.ts';
import type { Session } from '../session.ts';
import { useExamUi, type ExamUi } from '../exam-ui.ts';

const REASON_WORDS = {
  outage: 'for-outage',
  'device-failed': 'for-device-failed',
  disturbance: 'for-disturbance',
  health: 'for-health',
  accommodation: 'for-accommodation',
  'late-start': 'for-late-start',
  alarm: 'for-alarm',
  break: 'for-break',
} as const satisfies Record<TimeReason, string>;

interface Trouble {
  kind: 'alarm' | 'care';
  text: string;
  /** The attempt is open on another device or in another tab, and can be taken back. */
  isElsewhere?: boolean;
}

/** What stands below the header while something is not as it should be, the most pressing first. */
function troubles(state: ExamState, t: ExamUi['t']): Trouble[] {
  const { phase, refusal, outbox, isStorageFailed } = state;
  const isOffline = state.link === 'offline';
  const unsent = isStorageFailed ? unsentSlots(outbox).size : countKept(outbox, state.kept);
  const list: Trouble[] = [];
  const tell = (kind: Trouble['kind'], text: string) => list.push({ kind, text });
  if (phase === 'over') {
    const isSection = hasNextSection(state);
    tell('care', t(isSection ? 'sectionOver' : isOffline ? 'timeOverOffline' : 'timeOver'));
  }
  if (phase === 'superseded') {
    const text = t(state.elsewhere === 'tab' ? 'otherTab' : 'otherDevice');
    list.push({ kind: 'alarm', text, isElsewhere: true });
  }
  if (isStorageFailed) tell('alarm', t(isOffline ? 'offlineMemory' : 'storageFailed'));
  else if (isOffline && phase === 'running') tell('care', t('offline'));
  else if (isOffline && (phase === 'waiting' || phase === 'paused')) tell('care', t('noServer'));
  if ((isOffline || refusal) && unsent > 0)
    tell('care', t(isStorageFailed ? 'unsent' : 'keptHere', { n: unsent }));
  if (refusal)
    tell('alarm', refusal.of === 'paper' ? t('paperUnreadable') : t('refused', { code: refusal.code }));
  if (outbox.held > 0) tell('care', t('held', { n: outbox.held }));
  return list;
}

export function timeChangeText(minutes: number, endsAt: number, t: ExamUi['t']): string {
  const time = clockTime(endsAt);
  return minutes > 0 ? t('timeAdded', { n: minutes, time }) : t('timeTaken', { time });
}

/** Every reason why the attempt ends when it ends; empty when it ends with its exam. */
export function becauseText({ because }: ExamState, t: ExamUi['t']): string {
  const reasons = because.map(({ ms, reason }) =>
    ms < 60_000
      ? t('addedSecondsFor', { n: Math.round(ms / 1000), reason: t(REASON_WORDS[reason]) })
      : t('addedFor', { n: Math.round(ms / 60_000), reason: t(REASON_WORDS[reason]) }),
  );
  return reasons.join('; ');
}

/** Notices below the header; nothing at all while everything is as it should be. */
export function Banner({ state, session }: { state: ExamState; session: Session }) {
  const { t } = useExamUi();
  const list = troubles(state, t);
  const { timeChange, endsAt } = state;
  const because = becauseText(state, t);
  const takeOver = (
    <button type="button" onClick={session.takeOver}>
      {t('useHere')}
    </button>
  );
  if (list.length === 0 && timeChange === null) return null;
  return (
    <section aria-label={t('notices')}>
      {list.map(({ kind, text, isElsewhere }) => (
        <p key={text} className={kind}>
          {text} {isElsewhere && takeOver}
        </p>
      ))}
      {timeChange !== null && endsAt !== null && (
        <p className="news">
          {timeChangeText(timeChange, endsAt, t)} {because && t('because', { reasons: because })}
          <button type="button" onClick={() => session.dispatch({ type: 'note-read' })}>
            {t('close')}
          </button>
        </p>
      )}
    </section>
  );
}
