import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { ItemContent } from '#bank/item';
import { Loading } from '../parts/loading.tsx';
import { itemWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import './items.css';

/** The formula engine is large, so it comes when something is to be shown. */
const CandidateView = lazy(async () => ({ default: (await import('./candidate-view.tsx')).CandidateView }));

/** What a candidate sees of an item: the same renderer in the same style, at the width of a phone or a computer. */
export function Preview({ content }: { content: ItemContent }) {
  const t = useWords(itemWords);
  const [width, setWidth] = useState('desktop');
  return (
    <div>
      <SegmentedControl
        aria-label={t('width')}
        size="xs"
        mb="sm"
        data={[
          { value: 'desktop', label: t('desktop') },
          { value: 'phone', label: t('phone') },
        ]}
        value={width}
        onChange={setWidth}
      />
      <div className={width === 'phone' ? 'screen phone' : 'screen'}>
        <Suspense fallback={<Loading />}>
          <CandidateView content={content} />
        </Suspense>
      </div>
    </div>
  );
}
