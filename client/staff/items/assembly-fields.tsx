import { TagsInput, TextInput } from '@mantine/core';
import type { ItemKindName } from '#bank/protocol';
import { assemblyDataWords } from '../words/assembly-data.ts';
import { useWords } from '../words/words.ts';
import { isPercent, type AssemblyDraft } from './assembly-draft.ts';

const MAX_SETS = 20;
const MAX_SET_NAME = 40;

interface AssemblyFieldsProps {
  kind: ItemKindName;
  value: AssemblyDraft;
  onChange(value: AssemblyDraft): void;
}

/** A fold below the question: what papers are balanced and kept apart by. */
export function AssemblyFields({ kind, value, onChange }: AssemblyFieldsProps) {
  const t = useWords(assemblyDataWords);
  const change = (changed: Partial<AssemblyDraft>) => onChange({ ...value, ...changed });
  return (
    <details className="assembly-data">
      <summary>{t('title')}</summary>
      <p className="quiet">{t('hint')}</p>
      <div className="editor-facts">
        {kind !== 'description' && (
          <>
            <TextInput
              label={t('facility')}
              description={t('facilityHint')}
              inputMode="decimal"
              maxLength={5}
              value={value.facility}
              onChange={({ currentTarget: { value: facility } }) => {
                if (isPercent(facility)) change({ facility });
              }}
            />
            <TextInput
              label={t('seconds')}
              inputMode="numeric"
              maxLength={5}
              value={value.seconds}
              onChange={(event) => change({ seconds: event.currentTarget.value.replace(/\D/g, '') })}
            />
            <TagsInput
              label={t('enemies')}
              description={t('enemiesHint')}
              maxTags={MAX_SETS}
              splitChars={[';']}
              value={[...value.enemies]}
              onChange={(sets) => change({ enemies: sets.map((set) => set.slice(0, MAX_SET_NAME)) })}
            />
          </>
        )}
        {(['embargoUntil', 'lastUsed'] as const).map((field) => (
          <TextInput
            key={field}
            type="date"
            label={t(field)}
            value={value[field]}
            onChange={(event) => change({ [field]: event.currentTarget.value })}
          />
        ))}
      </div>
    </details>
  );
}
