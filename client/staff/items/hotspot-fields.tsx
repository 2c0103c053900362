import { NumberInput, Textarea } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { parseMarkup, pictureOf } from '#bank/item';
import { LIMITS } from '#bank/protocol';
import { Loading } from '../parts/loading.tsx';
import { editorWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import type { EditProps } from './part-fields.tsx';

const AreaCanvas = lazy(async () => ({ default: (await import('./area-canvas.tsx')).AreaCanvas }));

/** The areas of the picture in the stem, drawn or typed in its pixels, and how many points may be set. */
export function HotspotFields({ draft, onChange }: EditProps) {
  const t = useWords(editorWords);
  const picture = pictureOf(parseMarkup(draft.stem.text, draft.stem.images));
  return (
    <>
      {picture && (
        <p className="quiet">{t('pictureSize', { width: picture.width, height: picture.height })}</p>
      )}
      {picture && (
        <Suspense fallback={<Loading />}>
          <AreaCanvas picture={picture} areas={draft.areas} onChange={(areas) => onChange({ areas })} />
        </Suspense>
      )}
      <Textarea
        label={t('areas')}
        description={t('areasHint')}
        required
        rows={3}
        value={draft.areas}
        onChange={(event) => onChange({ areas: event.currentTarget.value })}
      />
      <NumberInput
        label={t('points')}
        min={1}
        max={LIMITS.optionsPerItem}
        allowDecimal={false}
        value={draft.points}
        onChange={(points) => onChange({ points: Number(points) })}
      />
    </>
  );
}
