import type { ReactNode } from 'react';
import type { ItemKindName } from '#bank/protocol';
import { Choice } from './choice.tsx';
import type { ItemProps } from './item-props.ts';
import { Matching } from './matching.tsx';
import { Multiple } from './multiple.tsx';
import { Numeric } from './numeric.tsx';
import { RichText } from './rich-text.tsx';
import { ShortText } from './short-text.tsx';
import { TfCluster } from './tf-cluster.tsx';

/** One renderer per kind, of what stands below the stem; a new kind is one file and one line here. */
const RENDERERS: { [K in ItemKindName]: (props: ItemProps<K>) => ReactNode } = {
  choice: Choice,
  multiple: Multiple,
  tfCluster: TfCluster,
  numeric: Numeric,
  shortText: ShortText,
  matching: Matching,
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
