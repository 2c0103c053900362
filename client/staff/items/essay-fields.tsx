import { Button, Checkbox, Textarea, TextInput } from '@mantine/core';
import { LIMITS } from '#bank/protocol';
import { editorWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import { newCriterion, type DraftCriterion } from './item-draft.ts';
import type { EditProps } from './part-fields.tsx';

const TITLE_MAX = 300;
const NOTE_MAX = 2000;

/** Limits of length, and the rubric: criteria with levels, and notes that only markers see. */
export function EssayFields({ draft, onChange }: EditProps) {
  const t = useWords(editorWords);
  const { criteria } = draft;
  const number = (field: 'minWords' | 'maxWords' | 'lines') => (
    <TextInput
      label={t(field)}
      inputMode="numeric"
      maxLength={6}
      value={draft[field]}
      onChange={(event) => onChange({ [field]: event.currentTarget.value.replace(/\D/g, '') })}
    />
  );
  const set = (id: string, change: Partial<DraftCriterion>) =>
    onChange({ criteria: criteria.map((one) => (one.id === id ? { ...one, ...change } : one)) });
  return (
    <>
      {number('minWords')}
      {number('maxWords')}
      {number('lines')}
      {criteria.map((criterion, index) => (
        <fieldset key={criterion.id} className="plain-set">
          <legend>{t('criterion', { n: index + 1 })}</legend>
          <TextInput
            label={t('criterionTitle')}
            required
            maxLength={TITLE_MAX}
            value={criterion.title}
            onChange={(event) => set(criterion.id, { title: event.currentTarget.value })}
          />
          <Textarea
            label={t('levels')}
            description={t('levelsHint')}
            required
            rows={3}
            value={criterion.levels}
            onChange={(event) => set(criterion.id, { levels: event.currentTarget.value })}
          />
          <Textarea
            label={t('markerNote')}
            rows={2}
            maxLength={NOTE_MAX}
            value={criterion.note}
            onChange={(event) => set(criterion.id, { note: event.currentTarget.value })}
          />
          {criteria.length > 1 && (
            <Button
              size="xs"
              variant="default"
              aria-label={t('remove', { what: t('criterion', { n: index + 1 }) })}
              onClick={() => onChange({ criteria: criteria.filter(({ id }) => id !== criterion.id) })}
            >
              ✕
            </Button>
          )}
        </fieldset>
      ))}
      {criteria.length < LIMITS.optionsPerItem && (
        <Button
          variant="default"
          size="xs"
          onClick={() => onChange({ criteria: [...criteria, newCriterion(criteria)] })}
        >
          {t('addCriterion')}
        </Button>
      )}
      <Checkbox
        label={t('showCriteria')}
        checked={draft.isShown}
        onChange={(event) => onChange({ isShown: event.currentTarget.checked })}
      />
    </>
  );
}
