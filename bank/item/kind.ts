import type { TSchema } from '@sinclair/typebox';
import type { ItemKindName, MathNode, MediaView } from '#bank/protocol';

/** A mistake in an item that schemas cannot express; `where` is a path such as `options.b`. */
export interface ItemProblem {
  /** One of `ITEM_ERRORS` of bank/protocol. */
  code: string;
  where: string;
  values?: Record<string, string | number>;
}

/** What the view of an item needs from outside: the sitting's tokens and the formula renderer. */
export interface ViewContext {
  /** Token that stands for a part in this sitting. */
  token(partId: string): string;
  /** Throws `MathError` (of `#bank/item/math`) when KaTeX refuses the formula. */
  math(tex: string, display: boolean): MathNode;
  /** Where a recording lies in this sitting; without it a recording keeps its id, as on an author's page. */
  media?(id: string): Pick<MediaView, 'media' | 'file'>;
}

/** The shuffled group of an item: canonical part ids in canonical order, and those that keep their place. */
export interface ShuffledParts {
  parts: string[];
  pinned: string[];
}

/**
 * One kind of item without its scoring: what authors write, what candidates see, what a response may be.
 * Registered in `bank/item/index.ts`; its scorer is registered apart, in `bank/item/scoring`, because scoring
 * never goes into a candidate's bundle.
 */
export interface ItemKind<Content = unknown, Key = unknown, View = unknown> {
  name: ItemKindName;
  contentSchema: TSchema;
  keySchema: TSchema;
  /** Semantic checks of content and key together, both already valid by their schemas; empty when sound. */
  check(content: Content, key: Key): ItemProblem[];
  /** Every part id that needs a token, in canonical order. */
  partIds(content: Content): string[];
  shuffled(content: Content): ShuffledParts;
  /**
   * What the candidate's browser gets, built by allow-list. A shuffled group stands in the order of its tokens,
   * which is random: the author's own order may tell the key (many files put the right option first).
   */
  toView(content: Content, context: ViewContext): View;
}
