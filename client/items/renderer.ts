import type { ReactNode } from 'react';
import type { ItemKindName, MediaView } from '#bank/protocol';
import type { inOrder, ItemProps, letter } from './item-props.ts';
import type { LoadMediaSource } from './media-source.ts';
import type { plainLabel, RichText } from './rich-text.tsx';
import type { TextField } from './text-field.tsx';

/** Draws what stands below the stem. */
export type Renderer<K extends ItemKindName = ItemKindName> = (props: ItemProps<K>) => ReactNode;

/**
 * What a renderer that is loaded by itself takes from the page, which has it already. It is handed over, not imported:
 * a part of the page that exports more than its one entry is longer by a fifth of a kilobyte.
 */
export interface Kit {
  inOrder: typeof inOrder;
  letter: typeof letter;
  plainLabel: typeof plainLabel;
  RichText: typeof RichText;
  TextField: typeof TextField;
}

/** Kinds whose renderers stand in every page; all others are loaded when a paper has them. */
export type BaseKind = 'choice' | 'multiple' | 'tfCluster' | 'numeric' | 'shortText' | 'description';
export type RareKind = Exclude<ItemKindName, BaseKind>;

export type RareProps<K extends RareKind> = ItemProps<K> & { kit: Kit };
export type RareRenderer<K extends RareKind = RareKind> = (props: RareProps<K>) => ReactNode;

/** Of the player of a recording; `load` is null where none can be played. */
export interface MediaProps {
  run: MediaView;
  load: LoadMediaSource | null;
}

/** Parts of a page that are loaded when a paper has them, by name. */
export type PartName = RareKind | 'media';
export type PartProps<N extends PartName> = N extends RareKind ? RareProps<N> : MediaProps;
export type Part<N extends PartName> = (props: PartProps<N>) => ReactNode;
