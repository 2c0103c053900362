import { Choice } from './choice.tsx';
import { inOrder, letter, type ItemProps } from './item-props.ts';
import { LazyPart } from './lazy-part.tsx';
import { Multiple } from './multiple.tsx';
import { Numeric } from './numeric.tsx';
import type { BaseKind, PartProps, RareKind, Renderer } from './renderer.ts';
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

/** A kind that is loaded when a paper has it. */
function Rare(props: ItemProps<RareKind>) {
  const kit = { inOrder, letter, plainLabel, RichText, TextField };
  return <LazyPart part={props.view.kind} props={{ ...props, kit } as PartProps<RareKind>} />;
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
export { MediaContext } from './lazy-part.tsx';
export { RichText } from './rich-text.tsx';
export type { ItemProps } from './item-props.ts';
