import { Checkbox } from '@mantine/core';
import { SHORT_TEXT_FOLDS } from '#bank/item';
import { editorWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import type { EditProps } from './part-fields.tsx';

/** What does not count when typed words are compared. */
export function FoldFields({ draft, onChange }: EditProps) {
  const t = useWords(editorWords);
  return (
    <>
      <Checkbox
        label={t('caseSensitive')}
        checked={draft.caseSensitive}
        onChange={(event) => onChange({ caseSensitive: event.currentTarget.checked })}
      />
      {SHORT_TEXT_FOLDS.map((fold) => (
        <Checkbox
          key={fold}
          label={t(`fold-${fold}`)}
          checked={draft.folds.includes(fold)}
          onChange={({ currentTarget: { checked } }) =>
            onChange({
              folds: SHORT_TEXT_FOLDS.filter((one) => (one === fold ? checked : draft.folds.includes(one))),
            })
          }
        />
      ))}
    </>
  );
}
