import type { RichTextView } from '#bank/protocol';
import type { ViewContext } from '../kind.ts';
import { toRichTextView } from '../rich-text.ts';
import type { ShortTextContent } from './schema.ts';

export interface ShortTextView {
  kind: 'shortText';
  stem: RichTextView;
}

export function toShortTextView(content: ShortTextContent, context: ViewContext): ShortTextView {
  return { kind: 'shortText', stem: toRichTextView(content.stem, context) };
}
