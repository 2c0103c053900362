import { lazy, Suspense } from 'react';
import type { ItemContent } from '#bank/item';
import { Loading } from '../parts/loading.tsx';
import './items.css';

/** The formula engine is large, so it comes when something is to be shown. */
const SizedView = lazy(async () => ({ default: (await import('./sized-view.tsx')).SizedView }));

export interface PreviewProps {
  content: ItemContent;
  /** Whose audio and video can be played; absent where none can. */
  bank?: string;
}

/** What a candidate sees of an item: the same renderer in the same style. */
export function Preview(props: PreviewProps) {
  return (
    <Suspense fallback={<Loading />}>
      <SizedView {...props} />
    </Suspense>
  );
}
