import type { RichTextView } from '#bank/protocol';
import type { ViewContext } from '../kind.ts';
import { toShuffledPartViews, type PartView } from '../parts.ts';
import { toRichTextView } from '../rich-text.ts';
import type { TfClusterContent } from './schema.ts';

export interface TfClusterView {
  kind: 'tfCluster';
  stem: RichTextView;
  statements: PartView[];
}

export function toTfClusterView(content: TfClusterContent, context: ViewContext): TfClusterView {
  return {
    kind: 'tfCluster',
    stem: toRichTextView(content.stem, context),
    statements: toShuffledPartViews(content.statements, context),
  };
}
