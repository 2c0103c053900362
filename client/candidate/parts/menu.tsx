import { timeLeft, type ExamState } from '../../core/index.ts';
import { clockTime, spokenTime } from '../format.ts';
import { useExamUi } from '../exam-ui.ts';
import { say } from '../voice.ts';
import { becauseText } from './banner.tsx';
import { Dialog } from './dialog.tsx';
import { saveText } from './save-mark.tsx';
import { ViewSettings } from './view-settings.tsx';

/** The tools of the paper: what can be heard on demand, the clock, keys, and the settings of the eye. */
export function Menu({ state, onClose }: { state: ExamState; onClose(): void }) {
  const { t, language, preferences, change } = useExamUi();
  const { isClockHidden, hasKeys } = preferences;
  /** A live region behind an open dialog is silent, so the dialog goes first. */
  const hear = (text: string) => {
    onClose();
    say(text);
  };
  const { endsAt } = state;
  const because = becauseText(state, t);
  const time = spokenTime(timeLeft(state) ?? 0, language);
  return (
    <Dialog title={t('menu')} onClose={onClose}>
      <fieldset>
        <legend>{t('clock')}</legend>
        {because && endsAt !== null && (
          <p>
            {t('endsAt', { time: clockTime(endsAt) })} {t('because', { reasons: because })}
          </p>
        )}
        <button
          type="button"
          aria-pressed={isClockHidden}
          onClick={() => change({ isClockHidden: !isClockHidden })}
        >
          {t('hideClock')}
        </button>
        <button type="button" onClick={() => hear(t('timeLeft', { time }))}>
          {t('sayTime')}
        </button>
        <button type="button" onClick={() => hear(saveText(state, t))}>
          {t('saySaved')}
        </button>
      </fieldset>
      <ViewSettings />
      <fieldset>
        <legend>{t('keys')}</legend>
        <button
          type="button"
          aria-pressed={hasKeys}
          aria-describedby="keys-hint"
          onClick={() => change({ hasKeys: !hasKeys })}
        >
          {t('keys')}
        </button>
        <p id="keys-hint">{t('keysHint')}</p>
      </fieldset>
    </Dialog>
  );
}
