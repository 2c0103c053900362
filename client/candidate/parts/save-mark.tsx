import { saveStatus, unsentSlots, type ExamState } from '../../core/index.ts';
import { clockTime } from '../format.ts';
import { useExamUi, type ExamUi } from '../exam-ui.ts';
import { say } from '../voice.ts';

const SIGNS = { connecting: '…', pending: '○', saving: '○', saved: '●', offline: '▲', refused: '▲' };

/** What is true about saving, in words. */
export function saveText(state: ExamState, t: ExamUi['t']): string {
  const status = saveStatus(state);
  if (status === 'saved') {
    return state.savedAt === null ? t('saved') : t('savedAt', { time: clockTime(state.savedAt, true) });
  }
  if (status === 'offline') {
    const unsent = unsentSlots(state.outbox).size;
    return unsent > 0 ? `${t('offlineShort')}, ${t('unsent', { n: unsent })}` : t('offlineShort');
  }
  return status === 'refused' ? t('pending') : t(status);
}

/** The save mark of the header: sign and words; pressing it says them again. */
export function SaveMark({ state }: { state: ExamState }) {
  const { t } = useExamUi();
  const status = saveStatus(state);
  const text = saveText(state, t);
  return (
    <button type="button" className="save" data-status={status} onClick={() => say(text)}>
      <span aria-hidden="true">{SIGNS[status]}</span> <span className="save-text">{text}</span>
    </button>
  );
}
