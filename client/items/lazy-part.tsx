import { createContext, useEffect, useState, type ReactNode } from 'react';
import type { LoadMediaSource } from './media-source.ts';
import type { Part, PartName, PartProps } from './renderer.ts';

/** What plays recordings on this page; null where none can be played. */
export const MediaContext = createContext<LoadMediaSource | null>(null);

interface LazyProps {
  part: PartName;
  props: PartProps<PartName>;
}
type Loaded = (props: object) => ReactNode;

/** A part of a question that few papers need, shown once it has been loaded; no other page carries it. */
export function LazyPart({ part, props }: LazyProps) {
  const [Part, setPart] = useState<Loaded>();
  useEffect(() => {
    const set = setPart as (update: () => Part<PartName>) => void;
    void import('./rare.ts').then(({ rare }) => rare(part, set));
  }, [part]);
  return Part && <Part {...props} />;
}
