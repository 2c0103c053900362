import type { BlueprintReport } from '#bank/protocol';
import { Callout } from '../parts/callout.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { useLanguage } from '../words/language.ts';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';

const EXACT_DIGITS = 9;

/** Whether the bank can fill the matrix, naming every short cell. */
export function MatrixVerdict({
  report,
  isChecking,
}: {
  report: BlueprintReport | undefined;
  isChecking: boolean;
}) {
  const t = useWords(matrixWords);
  const language = useLanguage();
  const short = report?.cells.filter(({ missing }) => missing > 0) ?? [];
  /** What points add up to is said beside the total. */
  const problems = report?.problems.filter(({ code }) => code !== 'blueprint-points-sum') ?? [];
  return (
    <output className="verdict">
      {!report && isChecking && <p className="quiet">{t('checking')}</p>}
      {problems.map(({ code, values }, index) => (
        <Callout key={index} tone="alarm">
          <Sentence code={code} values={values} />
        </Callout>
      ))}
      {short.length > 0 && (
        <Callout tone="alarm" title={t('shortTitle', { n: short.length })}>
          <ul>
            {short.map(({ cell, need, missing }) => (
              <li key={cell}>{t('shortCell', { cell, need, have: need - missing })}</li>
            ))}
          </ul>
        </Callout>
      )}
      {report?.feasible && problems.length === 0 && (
        <Callout tone={report.allDifferent ? 'accent' : 'care'}>
          {t('feasible', {
            selections: report.exact
              ? readable(report.selections, language)
              : t('atMost', { n: readable(report.selections, language) }),
          })}
          {!report.allDifferent && <p>{t('alike')}</p>}
        </Callout>
      )}
    </output>
  );
}

/** A number of any length: in full while that can be read, else as a power of ten. */
function readable(digits: string, language: 'vi' | 'en'): string {
  if (digits.length <= EXACT_DIGITS) return Number(digits).toLocaleString(language);
  return `≈ ${Number(`${digits[0]}.${digits[1]}`).toLocaleString(language)} × 10^${digits.length - 1}`;
}
