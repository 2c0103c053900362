import { Button, Radio, Stack } from '@mantine/core';
import { ORDERING_SCHEMES, type OrderingScheme } from '#bank/item';
import { letter } from '../../items/item-props.ts';
import { editorWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import { PartList, type EditProps } from './part-fields.tsx';

/** Parts in the right order, each of which can be moved up. */
export function OrderingFields({ draft, onChange }: EditProps) {
  const t = useWords(editorWords);
  const labelOf = (index: number) => t('orderPart', { letter: letter(index).toLowerCase() });
  const up = (index: number) => {
    const parts = [...draft.parts];
    parts.splice(index - 1, 0, ...parts.splice(index, 1));
    onChange({ parts });
  };
  return (
    <>
      <fieldset className="plain-set">
        <legend>{t('orderParts')}</legend>
        <p className="quiet">{t('orderHint')}</p>
        <PartList
          draft={draft}
          onChange={onChange}
          list="parts"
          least={2}
          labelOf={labelOf}
          renderBeside={(_part, index) =>
            index > 0 && (
              <Button
                size="xs"
                variant="default"
                aria-label={t('up', { what: labelOf(index) })}
                onClick={() => up(index)}
              >
                ↑
              </Button>
            )
          }
        />
      </fieldset>
      <Radio.Group
        label={t('scheme')}
        value={draft.orderScheme}
        onChange={(scheme) => onChange({ orderScheme: scheme as OrderingScheme })}
      >
        <Stack gap="xs" mt="xs">
          {ORDERING_SCHEMES.map((scheme) => (
            <Radio key={scheme} value={scheme} label={t(scheme)} />
          ))}
        </Stack>
      </Radio.Group>
    </>
  );
}
