import { Checkbox, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ItemKindName } from '#bank/protocol';
import { editorWords } from '../words/items.ts';
import { letter } from '../../items/item-props.ts';
import { useWords } from '../words/words.ts';
import { EssayFields } from './essay-fields.tsx';
import { FoldFields } from './fold-fields.tsx';
import type { ItemDraft } from './item-draft.ts';
import { ClozeFields } from './cloze-fields.tsx';
import { GapMatchFields } from './gap-match-fields.tsx';
import { HotTextFields } from './hot-text-fields.tsx';
import { HotspotFields } from './hotspot-fields.tsx';
import { OrderingFields } from './ordering-fields.tsx';
import { SchemeFields } from './scheme-fields.tsx';
import { MatchingFields, OptionFields, StatementFields, type EditProps } from './part-fields.tsx';

const ENTRIES = ['any', 'comma', 'point', 'sheet'] as const;
const ROUNDS = ['none', 'decimals', 'digits'] as const;

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
      <Checkbox
        label={t('sorted')}
        checked={draft.sorted}
        onChange={(event) => onChange({ sorted: event.currentTarget.checked })}
      />
    </>
  );
}

function MultipleFields(props: EditProps) {
  return (
    <>
      <ChoiceFields {...props} />
      <SchemeFields
        {...props}
        options={props.draft.parts.map(({ id }, index) => ({ id, name: letter(index) }))}
      />
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
        label={t('upTo')}
        inputMode="decimal"
        maxLength={40}
        value={draft.upTo}
        onChange={(event) => onChange({ upTo: event.currentTarget.value })}
      />
      <TextInput
        label={t('tolerance')}
        maxLength={40}
        value={draft.tolerance}
        onChange={(event) => onChange({ tolerance: event.currentTarget.value })}
      />
      <RoundFields draft={draft} onChange={onChange} />
      <Select
        label={t('entry')}
        allowDeselect={false}
        data={ENTRIES.map((entry) => ({ value: entry, label: t(`entry-${entry}`) }))}
        value={draft.entry}
        onChange={(entry) => onChange({ entry: (entry ?? 'any') as ItemDraft['entry'] })}
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

/** Equality after rounding, and to how many places. */
function RoundFields({ draft, onChange }: EditProps) {
  const t = useWords(editorWords);
  return (
    <>
      <Select
        label={t('round')}
        allowDeselect={false}
        data={ROUNDS.map((round) => ({ value: round, label: t(`round-${round}`) }))}
        value={draft.round}
        onChange={(round) => onChange({ round: (round ?? 'none') as ItemDraft['round'] })}
      />
      {draft.round !== 'none' && (
        <NumberInput
          label={t('places')}
          min={draft.round === 'digits' ? 1 : 0}
          max={20}
          allowDecimal={false}
          value={draft.places}
          onChange={(places) => onChange({ places: Number(places) })}
        />
      )}
    </>
  );
}

function ShortTextFields({ draft, onChange }: EditProps) {
  const t = useWords(editorWords);
  return (
    <>
      <Textarea
        label={t('accepted')}
        rows={3}
        value={draft.accepted}
        onChange={(event) => onChange({ accepted: event.currentTarget.value })}
      />
      <Textarea
        label={t('patterns')}
        description={t('patternsHint')}
        rows={2}
        value={draft.patterns}
        onChange={(event) => onChange({ patterns: event.currentTarget.value })}
      />
      <Textarea
        label={t('expressions')}
        description={t('expressionsHint')}
        rows={2}
        spellCheck={false}
        value={draft.expressions}
        onChange={(event) => onChange({ expressions: event.currentTarget.value })}
      />
      <FoldFields draft={draft} onChange={onChange} />
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
  ordering: OrderingFields,
  cloze: ClozeFields,
  gapMatch: GapMatchFields,
  hotText: HotTextFields,
  hotspot: HotspotFields,
  essay: EssayFields,
  description: () => null,
};

export function KindFields(props: EditProps) {
  const Fields = FIELDS[props.draft.kind];
  return <Fields {...props} />;
}
