import { useEffect, useState } from 'react';
import { Choice } from './choice.tsx';
import { inOrder, letter, type ItemProps } from './item-props.ts';
import { Multiple } from './multiple.tsx';
import { Numeric } from './numeric.tsx';
import type { BaseKind, RareKind, RareProps, RareRenderer, Renderer } from './renderer.ts';
import { plainLabel, RichText } from './rich-text.tsx';
import { ShortText } from './short-text.tsx';
import { TfCluster } from './tf-cluster.tsx';
import { TextField } from './text-field.tsx';

/** Kinds that every page carries; a new kind is one file, and one line here or in `rare.ts`. */
const RENDERERS: { [K in BaseKind]: Renderer<K> } = {
  choice: Choice,
  multiple: Multiple,
  tfCluster: TfCluster,
  numeric: Numeric,
  shortText: ShortText,
  description: () => null,
};

/** A paper with a rarer kind loads what the kind needs; no other page carries it. */
function Rare(props: ItemProps<RareKind>) {
  const { kind } = props.view;
  const [Answer, setAnswer] = useState<RareRenderer>();
  useEffect(() => void import('./rare.ts').then(({ rare }) => rare(kind, setAnswer)), [kind]);
  const kit = { inOrder, letter, plainLabel, RichText, TextField };
  return Answer && <Answer {...(props as RareProps<RareKind>)} kit={kit} />;
}

/** A question of any kind: the stem as ordinary content, then its answer fields. */
export function Item(props: ItemProps) {
  const Answer = (RENDERERS[props.view.kind as BaseKind] ?? Rare) as Renderer;
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
