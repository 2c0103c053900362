import { CLOCK_RETURNS_MS, timeLeft, type ExamState } from '../../core/index.ts';
import { countdown } from '../format.ts';
import { useExamUi } from '../exam-ui.ts';

/** The remaining time. Silent: the thresholds are announced, and the menu says it on demand. */
export function Clock({ state }: { state: ExamState }) {
  const { t, preferences, change } = useExamUi();
  const left = timeLeft(state);
  if (left === null) return null;
  if (preferences.isClockHidden && left > CLOCK_RETURNS_MS) {
    return (
      <button type="button" className="plain" onClick={() => change({ isClockHidden: false })}>
        {t('showClock')}
      </button>
    );
  }
  const time = countdown(left);
  return (
    <span
      id="clock"
      className="clock"
      role="timer"
      aria-live="off"
      aria-label={t('timeLeft', { time })}
      tabIndex={-1}
      data-warned={state.warned}
    >
      {time}
    </span>
  );
}
