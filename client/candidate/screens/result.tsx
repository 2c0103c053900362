import type { CandidateResult, CandidateMe } from '#bank/protocol';
import { points } from '../format.ts';
import { Heading } from '../parts/heading.tsx';
import { seatText, useExamUi } from '../exam-ui.ts';

/** The mark once it is released; question by question where the exam shows that. */
export function Result({
  me,
  result,
  onLeave,
}: {
  me: CandidateMe;
  result: CandidateResult;
  onLeave(): void;
}) {
  const { t, language } = useExamUi();
  const outOf = (got = 0, max = 0) =>
    t('outOf', { points: points(got, language), max: points(max, language) });
  return (
    <main className="card">
      <p className="brand">{me.title}</p>
      <Heading>{t('resultTitle')}</Heading>
      <p>
        {me.name} · {seatText(me, t)}
      </p>
      {result.state === 'absent' ? (
        <p className="care">{t('absent')}</p>
      ) : (
        <div className="start">
          <p>
            {t('total')} {result.branch}
          </p>
          <p className="big">{outOf(result.rounded, result.max)}</p>
        </div>
      )}
      {result.questions && (
        <ol className="marks">
          {result.questions.map(({ number, points, max, criteria, comment, uncounted }) => (
            <li key={number}>
              <span>{t('question', { n: number })}</span> <b>{outOf(points, max)}</b>
              {criteria?.map((one) => (
                <p key={one.title}>
                  {one.title}: {outOf(one.points, one.max)}
                </p>
              ))}
              {comment}
              {uncounted && <p>{t(uncounted)}</p>}
            </li>
          ))}
        </ol>
      )}
      <button type="button" onClick={onLeave}>
        {t('leave')}
      </button>
    </main>
  );
}
