import type { RichTextView } from '#bank/protocol';
import type { ViewContext } from '../kind.ts';
import { optionViews } from '../options.ts';
import type { PartView } from '../parts.ts';
import { toRichTextView } from '../rich-text.ts';
import type { MultipleContent } from './schema.ts';

export interface MultipleView {
  kind: 'multiple';
  stem: RichTextView;
  options: PartView[];
}

export function toMultipleView(content: MultipleContent, context: ViewContext): MultipleView {
  return {
    kind: 'multiple',
    stem: toRichTextView(content.stem, context),
    options: optionViews(content, context),
  };
}
