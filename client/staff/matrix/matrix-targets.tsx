import type { Blueprint } from '#bank/protocol';
import { CountField } from '../parts/number-fields.tsx';
import { matrixWords } from '../words/matrix.ts';
import { useWords } from '../words/words.ts';
import type { MatrixDraft } from './matrix-draft.ts';

type Targets = NonNullable<Blueprint['targets']>;
type Target = keyof Targets;

/** What one unit of the fields is in the blueprint: percent of thousandths, minutes of seconds. */
const UNITS: Record<Target, number> = { facility: 10, seconds: 60 };
/** What stands where only one end was given. */
const HIGHEST: Record<Target, number> = { facility: 1_000, seconds: 12 * 60 * 60 };

interface MatrixTargetsProps {
  draft: MatrixDraft;
  onChange(draft: MatrixDraft): void;
}

/** What papers keep within: share of the points that is expected, and working time. */
export function MatrixTargets({ draft, onChange }: MatrixTargetsProps) {
  const t = useWords(matrixWords);
  const { targets = {}, ...head } = draft.head;
  const set = (target: Target, end: 'min' | 'max', typed: number) => {
    const before = targets[target] ?? { min: 0, max: HIGHEST[target] };
    const value = end === 'max' && typed === 0 ? HIGHEST[target] : typed * UNITS[target];
    const range = { ...before, [end]: Math.min(value, HIGHEST[target]) };
    const { [target]: _before, ...others } = targets;
    const isOpen = range.min === 0 && range.max === HIGHEST[target];
    const changed: Targets = isOpen ? others : { ...others, [target]: range };
    onChange({
      ...draft,
      head: Object.keys(changed).length > 0 ? { ...head, targets: changed } : head,
    });
  };
  return (
    <div className="targets">
      {(['facility', 'seconds'] as const).map((target) => (
        <div key={target}>
          <p className="field-label">{t(`target-${target}`)}</p>
          {(['min', 'max'] as const).map((end) => {
            const value = targets[target]?.[end] ?? 0;
            return (
              <CountField
                key={end}
                label={t(`target-${target}-${end}`)}
                value={value === HIGHEST[target] ? 0 : Math.round(value / UNITS[target])}
                onChange={(typed) => set(target, end, typed)}
              />
            );
          })}
        </div>
      ))}
      <p className="quiet">{t('targetsKept')}</p>
    </div>
  );
}
