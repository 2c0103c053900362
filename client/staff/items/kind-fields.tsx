import { Checkbox, Radio, Stack, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ItemKindName } from '#bank/protocol';
import { editorWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import { EssayFields } from './essay-fields.tsx';
import { MatchingFields, OptionFields, StatementFields, type EditProps } from './part-fields.tsx';

function ChoiceFields(props: EditProps) {
  const t = useWords(editorWords);
  const { draft, onChange } = props;
  return (
    <>
      <OptionFields {...props} />
      <Checkbox
        label={t('shuffle')}
        checked={draft.shuffle}
        onChange={(event) => onChange({ shuffle: event.currentTarget.checked })}
      />
    </>
  );
}

function MultipleFields(props: EditProps) {
  const t = useWords(editorWords);
  const { draft, onChange } = props;
  return (
    <>
      <ChoiceFields {...props} />
      <Radio.Group
        label={t('scheme')}
        value={draft.scheme}
        onChange={(scheme) =>
          onChange({ scheme: scheme === 'rightMinusWrong' ? 'rightMinusWrong' : 'allOrNothing' })
        }
      >
        <Stack gap="xs" mt="xs">
          <Radio value="allOrNothing" label={t('allOrNothing')} />
          <Radio value="rightMinusWrong" label={t('rightMinusWrong')} />
        </Stack>
      </Radio.Group>
    </>
  );
}

function NumericFields({ draft, onChange }: EditProps) {
  const t = useWords(editorWords);
  return (
    <>
      <TextInput
        label={t('value')}
        description={t('valueHint')}
        inputMode="decimal"
        required
        maxLength={40}
        value={draft.value}
        onChange={(event) => onChange({ value: event.currentTarget.value })}
      />
      <TextInput
        label={t('tolerance')}
        inputMode="decimal"
        maxLength={40}
        value={draft.tolerance}
        onChange={(event) => onChange({ tolerance: event.currentTarget.value })}
      />
      <Textarea
        label={t('alternatives')}
        rows={2}
        value={draft.alternatives}
        onChange={(event) => onChange({ alternatives: event.currentTarget.value })}
      />
      <TextInput
        label={t('unit')}
        maxLength={40}
        value={draft.unit}
        onChange={(event) => onChange({ unit: event.currentTarget.value })}
      />
    </>
  );
}

function ShortTextFields({ draft, onChange }: EditProps) {
  const t = useWords(editorWords);
  return (
    <>
      <Textarea
        label={t('accepted')}
        required
        rows={3}
        value={draft.accepted}
        onChange={(event) => onChange({ accepted: event.currentTarget.value })}
      />
      <Checkbox
        label={t('caseSensitive')}
        checked={draft.caseSensitive}
        onChange={(event) => onChange({ caseSensitive: event.currentTarget.checked })}
      />
    </>
  );
}

/** The fields below the stem, per kind; a new kind is one component and one line here. */
const FIELDS: Record<ItemKindName, (props: EditProps) => ReactNode> = {
  choice: ChoiceFields,
  multiple: MultipleFields,
  tfCluster: StatementFields,
  numeric: NumericFields,
  shortText: ShortTextFields,
  matching: MatchingFields,
  essay: EssayFields,
  description: () => null,
};

export function KindFields(props: EditProps) {
  const Fields = FIELDS[props.draft.kind];
  return <Fields {...props} />;
}
