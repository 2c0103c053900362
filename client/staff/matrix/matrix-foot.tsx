import { Button } from '@mantine/core';
import { formatMark } from '#bank/marks';
import { PointsField } from '../parts/number-fields.tsx';
import { Section } from '../parts/page.tsx';
import { Problem } from '../parts/problem.tsx';
import { useLanguage } from '../words/language.ts';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';
import { LevelShares, PeriodNotes } from './matrix-shares.tsx';
import { MatrixLimits } from './matrix-limits.tsx';
import { MatrixTargets } from './matrix-targets.tsx';
import { isSendable, type MatrixDraft } from './matrix-draft.ts';
import type { MatrixTotals } from './matrix-totals.ts';

interface MatrixFootProps {
  draft: MatrixDraft;
  totals: MatrixTotals;
  isEditable: boolean;
  isDirty: boolean;
  isSaving: boolean;
  error: unknown;
  onChange(draft: MatrixDraft): void;
  onSave(): void;
}

/** Totals against what was declared, the share of each level, and the button that saves. */
export function MatrixFoot(props: MatrixFootProps) {
  const { draft, totals, isEditable, isDirty, isSaving, error, onChange, onSave } = props;
  const t = useWords(matrixWords);
  const language = useLanguage();
  const points = (value: number) => formatMark(value, language);
  const { missing } = totals;
  const balance =
    missing === 0
      ? t('pointsRight')
      : missing > 0
        ? t('pointsMissing', { points: points(missing) })
        : t('pointsOver', { points: points(-missing) });
  return (
    <>
      <Section title={t('totals')}>
        <dl className="facts">
          <div>
            <dt>{t('questions')}</dt>
            <dd className="tabular">{totals.count}</dd>
          </div>
          <div>
            <dt>{t('points')}</dt>
            <dd className="tabular" data-short={missing !== 0 || undefined}>
              {points(totals.points)} / {points(draft.total)} – <strong>{balance}</strong>
            </dd>
          </div>
          <LevelShares draft={draft} />
        </dl>
        <PeriodNotes draft={draft} />
        {isEditable && (
          <div className="total-field">
            <p className="field-label">{t('total')}</p>
            <PointsField
              label={t('total')}
              hint={t('notMark')}
              value={draft.total}
              onChange={(total) => onChange({ ...draft, total })}
            />
          </div>
        )}
        {isEditable && <MatrixTargets draft={draft} onChange={onChange} />}
        {isEditable && <MatrixLimits draft={draft} onChange={onChange} />}
      </Section>
      {isEditable && (
        <div className="matrix-bar">
          {error ? <Problem error={error} /> : null}
          <strong className="tabular" data-short={missing !== 0 || undefined}>
            {t('bar', { count: totals.count, points: points(totals.points), total: points(draft.total) })} –{' '}
            {balance}
          </strong>
          {isDirty && <span className="quiet">{t('unsaved')}</span>}
          <Button loading={isSaving} disabled={!isSendable(draft)} onClick={onSave}>
            {t('save')}
          </Button>
        </div>
      )}
    </>
  );
}
