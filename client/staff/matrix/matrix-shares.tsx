import {
  officialInput,
  percentText,
  periodShares,
  plannedResponses,
  pointsText,
  routesOf,
  scaleOf,
} from '#bank/blueprint';
import type { Language } from '#bank/protocol';
import { Callout } from '../parts/callout.tsx';
import { useLanguage } from '../words/language.ts';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';
import { toBlueprint, type MatrixDraft } from './matrix-draft.ts';

const PER_MILLE = 1_000;

/** The sums of the matrix as one candidate meets it; with branches, one of the first. */
function sumsOf(draft: MatrixDraft, language: Language) {
  const [route] = routesOf(toBlueprint(draft));
  const scale = scaleOf(draft.head, language);
  const counted = route
    ? plannedResponses(route.blueprint)
    : { responses: [], unplaced: { count: 0, quarters: 0 } };
  return { scale, ...officialInput({ counted, rows: draft.head.rows ?? [], scale, language }).sums };
}

/** Points and percentage of each level; of clusters every statement counts at its own. */
export function LevelShares({ draft }: { draft: MatrixDraft }) {
  const t = useWords(matrixWords);
  const language = useLanguage();
  const { scale, levels, quarters: all } = sumsOf(draft, language);
  return scale.map(({ name }, index) => {
    const { count, quarters } = levels[index] ?? { count: 0, quarters: 0 };
    if (count === 0) return null;
    return (
      <div key={name}>
        <dt>{name}</dt>
        <dd className="tabular">
          {t('share', {
            points: pointsText(quarters, language),
            percent: percentText(quarters, all, language),
          })}
        </dd>
      </div>
    );
  });
}

/** Topics whose points are far from their share of the teaching periods. */
export function PeriodNotes({ draft }: { draft: MatrixDraft }) {
  const t = useWords(matrixWords);
  const language = useLanguage();
  const far = periodShares(sumsOf(draft, language)).filter(({ isFar }) => isFar);
  if (far.length === 0) return null;
  const percent = (thousandths: number) => percentText(thousandths, PER_MILLE, language);
  return (
    <Callout tone="care" title={t('periodsFar')}>
      <ul>
        {far.map(({ topic, points, periods }) => (
          <li key={topic}>
            {t('periodShare', { topic, points: percent(points), periods: percent(periods) })}
          </li>
        ))}
      </ul>
    </Callout>
  );
}
