import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { itemWords } from '../words/items.ts';
import { useWords } from '../words/words.ts';
import { CandidateView } from './candidate-view.tsx';
import type { PreviewProps } from './preview.tsx';

/** The view of a candidate at the width of a phone or of a computer. */
export function SizedView(props: PreviewProps) {
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
        <CandidateView {...props} />
      </div>
    </div>
  );
}
