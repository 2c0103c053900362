import { formatMark } from '#bank/marks';
import type { BlueprintReport } from '#bank/protocol';
import { Callout } from '../parts/callout.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { useLanguage } from '../words/language.ts';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';

const EXACT_DIGITS = 9;
/** Of the unit of expected scores. */
const PER_HUNDREDTH = 1_000;
const SECONDS_A_MINUTE = 60;

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
  const short =
    report?.cells.filter(
      ({ need, missing, have, blocked }) => missing > 0 || have - blocked.enemies < need,
    ) ?? [];
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
            {short.map((one) => (
              <li key={one.cell}>
                <ShortCell cell={one} />
              </li>
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
          <p>{t('disjoint', { n: report.disjointPapers })}</p>
          {report.reach && <ReachNote reach={report.reach} />}
        </Callout>
      )}
    </output>
  );
}

/** What a short cell needs and has, and why other questions of the bank do not count. */
function ShortCell({
  cell: { cell, need, missing, have, blocked, perPassage },
}: {
  cell: BlueprintReport['cells'][number];
}) {
  const t = useWords(matrixWords);
  const reasons = (['status', 'review', 'enemies'] as const).filter((reason) => blocked[reason] > 0);
  const got = missing > 0 ? need - missing : have - blocked.enemies;
  if (perPassage) {
    const values = { cell, each: perPassage, need: need / perPassage, have: got / perPassage };
    return (
      <>
        {t('shortPassages', values)}
        {reasons.map(
          (reason) => ` · ${t(`blocked-passages-${reason}`, { n: blocked[reason] / perPassage })}`,
        )}
      </>
    );
  }
  return (
    <>
      {t('shortCell', { cell, need, have: got })}
      {reasons.map((reason) => ` · ${t(`blocked-${reason}`, { n: blocked[reason] })}`)}
    </>
  );
}

/** Between which bounds every paper of the bank lies. */
function ReachNote({ reach: { score, seconds } }: { reach: NonNullable<BlueprintReport['reach']> }) {
  const t = useWords(matrixWords);
  const language = useLanguage();
  const points = (value: number) => formatMark(Math.round(value / PER_HUNDREDTH), language);
  const minutes = (value: number) => Math.round(value / SECONDS_A_MINUTE);
  return (
    <p>
      {t('reachScore', { min: points(score.min), max: points(score.max) })}
      {seconds && ` ${t('reachTime', { min: minutes(seconds.min), max: minutes(seconds.max) })}`}
    </p>
  );
}

/** A number of any length: in full while that can be read, else as a power of ten. */
function readable(digits: string, language: 'vi' | 'en'): string {
  if (digits.length <= EXACT_DIGITS) return Number(digits).toLocaleString(language);
  return `≈ ${Number(`${digits[0]}.${digits[1]}`).toLocaleString(language)} × 10^${digits.length - 1}`;
}
