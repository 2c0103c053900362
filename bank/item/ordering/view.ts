import type { RichTextView } from '#bank/protocol';
import type { ViewContext } from '../kind.ts';
import { toShuffledPartViews, type PartView } from '../parts.ts';
import { toRichTextView } from '../rich-text.ts';
import type { OrderingContent } from './schema.ts';

export interface OrderingView {
  kind: 'ordering';
  stem: RichTextView;
  parts: PartView[];
}

export function toOrderingView(content: OrderingContent, context: ViewContext): OrderingView {
  return {
    kind: 'ordering',
    stem: toRichTextView(content.stem, context),
    parts: toShuffledPartViews(content.parts, context),
  };
}
