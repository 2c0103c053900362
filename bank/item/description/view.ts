import type { RichTextView } from '#bank/protocol';
import type { ViewContext } from '../kind.ts';
import { toRichTextView } from '../rich-text.ts';
import type { DescriptionContent } from './schema.ts';

export interface DescriptionView {
  kind: 'description';
  stem: RichTextView;
}

export function toDescriptionView(content: DescriptionContent, context: ViewContext): DescriptionView {
  return { kind: 'description', stem: toRichTextView(content.stem, context) };
}
