import type { RichTextView } from '#bank/protocol';
import type { ViewContext } from '../kind.ts';
import { optionViews } from '../options.ts';
import type { PartView } from '../parts.ts';
import { toRichTextView } from '../rich-text.ts';
import type { ChoiceContent } from './schema.ts';

export interface ChoiceView {
  kind: 'choice';
  stem: RichTextView;
  options: PartView[];
}

export function toChoiceView(content: ChoiceContent, context: ViewContext): ChoiceView {
  return {
    kind: 'choice',
    stem: toRichTextView(content.stem, context),
    options: optionViews(content, context),
  };
}
