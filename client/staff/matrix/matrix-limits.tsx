import { TextInput } from '@mantine/core';
import type { UseLimits } from '#bank/protocol';
import { itemUseWords } from '../words/use.ts';
import { useWords } from '../words/words.ts';
import type { MatrixDraft } from './matrix-draft.ts';

/** Digits of the largest value that is accepted. */
const DIGITS: Record<keyof UseLimits, number> = { restDays: 4, maxPapers: 7 };

interface MatrixLimitsProps {
  draft: MatrixDraft;
  onChange(draft: MatrixDraft): void;
}

/** How much use a question may have seen; an empty field sets no limit. */
export function MatrixLimits({ draft, onChange }: MatrixLimitsProps) {
  const t = useWords(itemUseWords);
  return (
    <fieldset className="use-limits">
      <legend className="field-label">{t('limits')}</legend>
      <p className="quiet">{t('limitsHint')}</p>
      <div className="targets">
        {(['restDays', 'maxPapers'] as const).map((limit) => (
          <TextInput
            key={limit}
            label={t(limit)}
            inputMode="numeric"
            autoComplete="off"
            maxLength={DIGITS[limit]}
            value={String(draft.head.limits?.[limit] ?? '')}
            onChange={({ currentTarget: { value } }) =>
              onChange(withLimit(draft, limit, Number(value.replace(/\D/g, ''))))
            }
          />
        ))}
      </div>
    </fieldset>
  );
}

/** The matrix with another limit; 0 takes it away. */
export function withLimit(draft: MatrixDraft, limit: keyof UseLimits, value: number): MatrixDraft {
  const { limits = {}, ...head } = draft.head;
  const { [limit]: _before, ...others } = limits;
  const changed = value > 0 ? { ...others, [limit]: value } : others;
  return { ...draft, head: Object.keys(changed).length > 0 ? { ...head, limits: changed } : head };
}
