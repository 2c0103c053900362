import { Checkbox, MultiSelect } from '@mantine/core';
import { letter } from '../../items/item-props.ts';
import { editorWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import { AddGap, gapsOf, GapWorthField } from './cloze-fields.tsx';
import { PartList, type EditProps } from './part-fields.tsx';

/** The list of words, and which of them belong into each gap of the text. */
export function GapMatchFields(props: EditProps) {
  const t = useWords(editorWords);
  const { draft, onChange } = props;
  return (
    <>
      <fieldset className="plain-set">
        <legend>{t('words')}</legend>
        <PartList
          {...props}
          list="choices"
          least={2}
          labelOf={(index) => t('word', { letter: letter(index) })}
        />
        <Checkbox
          label={t('reuse')}
          checked={draft.reuse}
          onChange={(event) => onChange({ reuse: event.currentTarget.checked })}
        />
      </fieldset>
      <fieldset className="plain-set">
        <legend>{t('gaps')}</legend>
        <p className="quiet">{t('numberGapsHint')}</p>
        {[...new Set(gapsOf(props))].map((gap) => (
          <MultiSelect
            key={gap}
            label={t('fillOf', { gap })}
            placeholder={t('choosePair')}
            data={draft.choices.map(({ id }, place) => ({ value: id, label: letter(place) }))}
            value={[...(draft.fills[gap] ?? [])]}
            onChange={(choices) => onChange({ fills: { ...draft.fills, [gap]: choices } })}
          />
        ))}
        <AddGap {...props} names="numbers" />
      </fieldset>
      <GapWorthField {...props} />
    </>
  );
}
