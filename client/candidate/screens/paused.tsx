import type { CandidateMe } from '#bank/protocol';
import type { ExamState } from '../../core/index.ts';
import { seatText, useExamUi } from '../exam-ui.ts';
import { countdown } from '../format.ts';
import { Banner } from '../parts/banner.tsx';
import { Heading } from '../parts/heading.tsx';
import type { Session } from '../session.ts';

interface PausedProps {
  me: CandidateMe;
  state: ExamState;
  session: Session;
}

/** While the clock stands still the paper is covered, and what is left of the time is shown. */
export function Paused({ me, state, session }: PausedProps) {
  const { t } = useExamUi();
  return (
    <main className="card">
      <p className="brand">{me.title}</p>
      <Heading>{t('pausedTitle')}</Heading>
      <p>
        {me.name} · {seatText(me, t)}
      </p>
      <Banner state={state} session={session} />
      {state.left !== null && (
        <div className="start">
          <p>{t('pausedLeft')}</p>
          <p className="big">{countdown(state.left)}</p>
        </div>
      )}
      <p>{t('pausedHint')}</p>
    </main>
  );
}
