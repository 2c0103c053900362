import type { SlotStatus } from '../../core/index.ts';
import { roman } from '../format.ts';
import { useExamUi, type ExamUi } from '../exam-ui.ts';

const PROGRESS = { none: 'stateNone', partial: 'statePartial', full: 'stateFull' } as const;

/** The state of a question in words; the palette shows the same by shape. */
function statusText(status: SlotStatus, t: ExamUi['t']): string {
  const isAnswered = status.progress !== 'none';
  return [
    status.number === null ? t('reading') : t('question', { n: status.number }),
    status.number !== null && t(PROGRESS[status.progress]),
    status.isUnsent ? t('stateUnsent') : isAnswered && t('stateSent'),
    status.isFlagged && t('stateFlagged'),
    status.isSettled && t('stateOut'),
  ]
    .filter(Boolean)
    .join(', ');
}

interface PaletteProps {
  statuses: readonly SlotStatus[];
  current: number | null;
  onGo(slot: number): void;
}

/** Buttons to the questions given, by part: filled when answered, hollow dot on the device, solid on the server. */
export function Palette({ statuses, current, onGo }: PaletteProps) {
  const { t } = useExamUi();
  const parts = [...new Set(statuses.map((status) => status.part))];
  return parts.map((part) => (
    <section key={part}>
      <h3>{t('part', { roman: roman(part + 1) })}</h3>
      <ul className="palette">
        {statuses
          .filter((status) => status.part === part)
          .map((status) => (
            <li key={status.slot}>
              <button
                type="button"
                data-progress={status.progress}
                data-unsent={status.isUnsent}
                data-out={status.isSettled}
                aria-label={statusText(status, t)}
                aria-current={status.slot === current ? 'step' : undefined}
                onClick={() => onGo(status.slot)}
              >
                {status.number ?? 'i'}
                {status.isFlagged && <i className="flag-sign" />}
              </button>
            </li>
          ))}
      </ul>
    </section>
  ));
}
