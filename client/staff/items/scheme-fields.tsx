import { Radio, Stack, TextInput } from '@mantine/core';
import { MULTIPLE_SCHEMES, type MultipleScheme } from '#bank/item';
import { editorWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import type { EditProps } from './part-fields.tsx';

interface SchemeProps extends EditProps {
  options: readonly { id: string; name: string }[];
}

/** How options that are chosen together count. */
export function SchemeFields(props: SchemeProps) {
  const t = useWords(editorWords);
  const { draft, onChange } = props;
  return (
    <>
      <Radio.Group
        label={t('scheme')}
        value={draft.scheme}
        onChange={(scheme) => onChange({ scheme: scheme as MultipleScheme })}
      >
        <Stack gap="xs" mt="xs">
          {MULTIPLE_SCHEMES.map((scheme) => (
            <Radio key={scheme} value={scheme} label={t(scheme)} />
          ))}
        </Stack>
      </Radio.Group>
      {draft.scheme === 'weights' && <WeightFields {...props} />}
    </>
  );
}

function WeightFields({ draft, onChange, options }: SchemeProps) {
  const t = useWords(editorWords);
  return (
    <fieldset className="plain-set">
      <legend>{t('weightsOf')}</legend>
      <p className="quiet">{t('weightsHint')}</p>
      {options.map(({ id, name }) => (
        <TextInput
          key={id}
          label={t('weightOf', { letter: name })}
          maxLength={30}
          value={draft.weights[id] ?? ''}
          onChange={(event) => onChange({ weights: { ...draft.weights, [id]: event.currentTarget.value } })}
        />
      ))}
    </fieldset>
  );
}
