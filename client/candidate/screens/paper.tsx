import { useState, type MouseEvent } from 'react';
import { canEdit, hasNextSection, slotStatuses, type ExamState } from '../../core/index.ts';
import type { OpenPaper } from '../device/open-paper.ts';
import { roman } from '../format.ts';
import { Banner } from '../parts/banner.tsx';
import { Clock } from '../parts/clock.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Heading } from '../parts/heading.tsx';
import { Menu } from '../parts/menu.tsx';
import { Palette } from '../parts/palette.tsx';
import { SaveMark } from '../parts/save-mark.tsx';
import type { Session } from '../session.ts';
import { useExamUi } from '../exam-ui.ts';
import { Confirm } from './confirm.tsx';
import { Question } from './question.tsx';
import { Review } from './review.tsx';

interface PaperProps {
  state: ExamState;
  session: Session;
  paper: OpenPaper;
}

/** Where the list stands beside the question, the skip link goes there instead of to the button that opens it. */
function toSidePanel(event: MouseEvent): void {
  const button = document.querySelector<HTMLElement>('aside button');
  if (!button?.offsetParent) return;
  event.preventDefault();
  button.focus();
}

/** The open paper: header, one of question, review and hand-in, and the list of questions. */
export function Paper({ state, session, paper }: PaperProps) {
  const { t, language } = useExamUi();
  const [sheet, setSheet] = useState<'menu' | 'list' | null>(null);
  const statuses = slotStatuses(state);
  const current = statuses.find(({ slot }) => slot === state.slot);
  const { section } = state;
  const confirmTitle = hasNextSection(state) ? `${t('leaveSection')}?` : t('confirmTitle');
  const title = state.view === 'review' ? t('reviewTitle') : confirmTitle;
  const isQuestion = state.view === 'question';
  const go = (slot: number) => {
    setSheet(null);
    session.dispatch({ type: 'go', slot });
  };
  const review = () => {
    setSheet(null);
    session.dispatch({ type: 'view', view: 'review' });
  };
  const { Choice } = paper;
  const choice = (slot: number | null, isListed?: boolean) =>
    Choice && (
      <Choice
        {...{ state, session, statuses, slot, isListed, language, Dialog }}
        isDisabled={!canEdit(state)}
      />
    );
  const list = (
    <>
      <Palette statuses={statuses} current={isQuestion ? state.slot : null} onGo={go} />
      {choice(null, true)}
      <p className="legend">{t('legend')}</p>
      <button type="button" className="wide" onClick={review}>
        {t('review')}
      </button>
    </>
  );
  return (
    <>
      <nav className="skip">
        <a href="#heading">{t('toQuestion')}</a>
        {isQuestion && (
          <a href="#list" onClick={toSidePanel}>
            {t('toList')}
          </a>
        )}
        <a href="#clock">{t('toClock')}</a>
      </nav>
      <header className="bar">
        <Heading key={`${state.view}${state.slot}`}>
          {isQuestion && current ? (
            <>
              {current.number === null
                ? t('reading')
                : t('questionOf', {
                    n: current.number,
                    count: statuses.filter(({ number }) => number !== null).at(-1)?.number ?? 0,
                  })}
              <span className="of-part">
                {` · ${t('part', { roman: roman(current.part + 1) })}`}
                {section && `/${roman(section.count)}`}
              </span>
            </>
          ) : (
            title
          )}
        </Heading>
        <Clock state={state} />
        <SaveMark state={state} />
        <button type="button" className="plain menu" aria-label={t('menu')} onClick={() => setSheet('menu')}>
          <span aria-hidden="true">☰</span>
        </button>
      </header>
      <Banner state={state} session={session} />
      {choice(isQuestion ? state.slot : null)}
      <div className={isQuestion ? 'desk split' : 'desk'}>
        {isQuestion && current && (
          <Question
            state={state}
            session={session}
            paper={paper}
            status={current}
            onList={() => setSheet('list')}
          />
        )}
        {state.view === 'review' && <Review state={state} session={session} statuses={statuses} />}
        {state.view === 'confirm' && <Confirm state={state} session={session} statuses={statuses} />}
        {isQuestion && (
          <aside aria-label={t('list')}>
            <h2>{t('list')}</h2>
            {list}
          </aside>
        )}
      </div>
      {sheet === 'menu' && <Menu state={state} onClose={() => setSheet(null)} />}
      {sheet === 'list' && (
        <Dialog title={t('list')} onClose={() => setSheet(null)}>
          {list}
        </Dialog>
      )}
    </>
  );
}
