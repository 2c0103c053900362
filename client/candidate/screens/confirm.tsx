import {
  countStatuses,
  hasNextSection,
  timeLeft,
  type ExamState,
  type SlotStatus,
} from '../../core/index.ts';
import { spokenTime } from '../format.ts';
import type { Session } from '../session.ts';
import { useExamUi } from '../exam-ui.ts';

interface ConfirmProps {
  state: ExamState;
  session: Session;
  statuses: readonly SlotStatus[];
}

/** The last question before the hand-in (WCAG 3.3.4): what is missing, how much time is left, what happens next. */
export function Confirm({ state, session, statuses }: ConfirmProps) {
  const { t, language } = useExamUi();
  const counts = countStatuses(statuses);
  const time = spokenTime(timeLeft(state) ?? 0, language);
  const { isSubmitting } = state;
  const isOnline = state.link === 'online';
  const goesOn = hasNextSection(state);
  const back = () => {
    session.dispatch({ type: 'submitting', isSubmitting: false });
    session.dispatch({ type: 'view', view: 'review' });
  };
  return (
    <main className="sheet">
      <p className={counts.unanswered > 0 ? 'care' : ''}>
        {counts.unanswered > 0
          ? t('confirmUnanswered', { n: counts.unanswered })
          : t('confirmAll', { n: counts.questions })}
      </p>
      <p>{t(goesOn ? 'leaveTime' : 'confirmTime', { time })}</p>
      <p>{t(goesOn ? 'leaveAfter' : 'confirmAfter')}</p>
      {isSubmitting && (
        <output className="care">
          {goesOn
            ? t(isOnline ? 'saving' : 'offlineShort')
            : t(isOnline ? 'submitting' : 'submittingOffline')}
        </output>
      )}
      <div className="actions">
        <button type="button" onClick={back}>
          {t('cancel')}
        </button>
        <button
          type="button"
          className="primary"
          disabled={isSubmitting}
          onClick={() => session.dispatch({ type: 'submitting', isSubmitting: true })}
        >
          {t(goesOn ? 'leaveSection' : 'confirmYes')}
        </button>
      </div>
    </main>
  );
}
