import { useEffect, useState, type ReactNode } from 'react';
import type { ItemKindName } from '#bank/protocol';
import { Choice } from './choice.tsx';
import type { ItemProps } from './item-props.ts';
import { Matching } from './matching.tsx';
import { Multiple } from './multiple.tsx';
import { Numeric } from './numeric.tsx';
import { RichText } from './rich-text.tsx';
import { ShortText } from './short-text.tsx';
import { TfCluster } from './tf-cluster.tsx';

type Renderer<K extends ItemKindName> = (props: ItemProps<K>) => ReactNode;

/** A paper with an essay loads what essays need; no other page carries it. */
function LazyEssay(props: ItemProps<'essay'>) {
  const [Essay, setEssay] = useState<Renderer<'essay'> | null>(null);
  useEffect(() => void import('./essay.tsx').then((module) => setEssay(() => module.Essay)), []);
  return Essay && <Essay {...props} />;
}

/** One renderer per kind, of what stands below the stem; a new kind is one file and one line here. */
const RENDERERS: { [K in ItemKindName]: Renderer<K> } = {
  choice: Choice,
  multiple: Multiple,
  tfCluster: TfCluster,
  numeric: Numeric,
  shortText: ShortText,
  matching: Matching,
  essay: LazyEssay,
  description: () => null,
};

/** A question of any kind: the stem as ordinary content, then its answer fields. */
export function Item(props: ItemProps) {
  const Answer = RENDERERS[props.view.kind] as (props: ItemProps) => ReactNode;
  return (
    <>
      <div className="stem">
        <RichText value={props.view.stem} />
      </div>
      <Answer {...props} />
    </>
  );
}

export { formatDecimal } from './numeric.tsx';
export { RichText } from './rich-text.tsx';
export type { ItemProps } from './item-props.ts';
