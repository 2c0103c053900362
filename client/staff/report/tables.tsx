import type { Constraint, ExamCertificate } from '#bank/protocol';
import { number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { reportWords } from '../words/report.ts';
import { useWords } from '../words/words.ts';
import { limitSign, pointsText, ruleFigure, ruleName, timeText } from './figures.ts';

/** More would not fit on the page. */
const MOST_FORMS = 24;

export function RulesTable({ constraints }: { constraints: readonly Constraint[] }) {
  const t = useWords(reportWords);
  const language = useLanguage();
  return (
    <table className="report-table">
      <thead>
        <tr>
          <th scope="col">{t('rule')}</th>
          <th scope="col">{t('limit')}</th>
          <th scope="col">{t('achieved')}</th>
        </tr>
      </thead>
      <tbody>
        {constraints.map((one) => (
          <tr key={one.name}>
            <th scope="row">{ruleName(one, t)}</th>
            <td>
              {limitSign(one)} {ruleFigure(one, one.limit, t, language)}
            </td>
            <td>
              {ruleFigure(one, one.achieved, t, language)}{' '}
              <span className="verdict" data-holds={one.holds}>
                {one.holds ? '✓' : '✗'} <span className="unseen">{one.holds ? t('holds') : t('fails')}</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function FormsTable({ forms }: { forms: NonNullable<ExamCertificate['forms']> }) {
  const t = useWords(reportWords);
  const language = useLanguage();
  const isTimed = forms.some(({ seconds }) => seconds !== undefined);
  if (forms.length > MOST_FORMS) return <p>{t('formsMany', { n: number(forms.length, language) })}</p>;
  return (
    <table className="report-table">
      <thead>
        <tr>
          <th scope="col">{t('code')}</th>
          <th scope="col">{t('shift')}</th>
          <th scope="col">{t('papers')}</th>
          <th scope="col">{t('expected')}</th>
          {isTimed && <th scope="col">{t('time')}</th>}
        </tr>
      </thead>
      <tbody>
        {forms.map(({ code, shift, papers, score, seconds }) => (
          <tr key={code}>
            <th scope="row" className="tabular">
              {code}
            </th>
            <td>{shift ?? t('inReserve')}</td>
            <td>{number(papers, language)}</td>
            <td>{pointsText(score, language)}</td>
            {isTimed && <td>{seconds === undefined ? '–' : timeText(seconds, language)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
