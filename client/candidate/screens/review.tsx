import {
  countStatuses,
  hasNextSection,
  questionsOf,
  type ExamState,
  type SlotStatus,
} from '../../core/index.ts';
import { Palette } from '../parts/palette.tsx';
import type { Session } from '../session.ts';
import { useExamUi } from '../exam-ui.ts';

interface ReviewProps {
  state: ExamState;
  session: Session;
  statuses: readonly SlotStatus[];
}

/** What is done and what is not, with the way to each question, before handing in. */
export function Review({ state, session, statuses }: ReviewProps) {
  const { t } = useExamUi();
  const counts = countStatuses(statuses);
  const go = (slot: number) => session.dispatch({ type: 'go', slot });
  const questions = questionsOf(statuses);
  const lists = [
    ['unanswered', questions.filter((status) => status.progress === 'none')],
    ['partial', questions.filter((status) => status.progress === 'partial')],
    ['flaggedCount', questions.filter((status) => status.isFlagged)],
    ['notSent', questions.filter((status) => status.isUnsent)],
  ] as const;
  return (
    <main className="sheet">
      <dl className="counts">
        <div>
          <dt>{t('answered')}</dt>
          <dd>
            {counts.answered}/{counts.questions}
          </dd>
        </div>
        {lists.map(([key, list]) => (
          <div key={key} data-any={list.length > 0}>
            <dt>{t(key)}</dt>
            <dd>{list.length}</dd>
          </div>
        ))}
      </dl>
      {lists.map(
        ([key, list]) =>
          list.length > 0 && (
            <section key={key}>
              <h2>{t(key)}</h2>
              <Palette statuses={list} current={null} onGo={go} />
            </section>
          ),
      )}
      <div className="actions">
        <button type="button" onClick={() => go(state.slot)}>
          {t('backToPaper')}
        </button>
        <button
          type="button"
          className="primary"
          onClick={() => session.dispatch({ type: 'view', view: 'confirm' })}
        >
          {t(hasNextSection(state) ? 'leaveSection' : 'handIn')}
        </button>
      </div>
    </main>
  );
}
