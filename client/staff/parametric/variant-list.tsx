import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { Variant } from '#bank/item/parametric';
import { keyLines } from '../items/item-key.ts';
import { Preview } from '../items/preview.tsx';
import { itemWords } from '../words/items.ts';
import { parametricWords } from '../words/parametric.ts';
import { useWords } from '../words/words.ts';

/** The variants one by one, as candidates see them, each with its key. */
export function VariantList({ variants }: { variants: readonly Variant[] }) {
  const t = useWords(parametricWords);
  const item = useWords(itemWords);
  const [wanted, setWanted] = useState(0);
  const at = Math.min(wanted, variants.length - 1);
  const variant = variants[at];
  if (!variant) return <p className="quiet">{t('none')}</p>;
  const { values, content, key } = variant;
  const told = Object.entries(values).map(([name, value]) => `${name} = ${value}`);
  return (
    <>
      <p aria-live="polite">{t('which', { n: at + 1, count: variants.length, values: told.join('; ') })}</p>
      <Group gap="xs" mb="sm">
        <Button variant="default" size="xs" disabled={at === 0} onClick={() => setWanted(at - 1)}>
          {t('previous')}
        </Button>
        <Button
          variant="default"
          size="xs"
          disabled={at === variants.length - 1}
          onClick={() => setWanted(at + 1)}
        >
          {t('next')}
        </Button>
      </Group>
      <Preview content={content} />
      <p>
        {item('key')}: {keyLines(content, key, item).join('; ')}
      </p>
    </>
  );
}
