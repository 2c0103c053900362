import type { RichTextView } from '#bank/protocol';
import type { ViewContext } from '../kind.ts';
import { toPartViews, toShuffledPartViews, type PartView } from '../parts.ts';
import { toRichTextView } from '../rich-text.ts';
import type { MatchingContent } from './schema.ts';

export interface MatchingView {
  kind: 'matching';
  stem: RichTextView;
  prompts: PartView[];
  choices: PartView[];
}

export function toMatchingView(content: MatchingContent, context: ViewContext): MatchingView {
  return {
    kind: 'matching',
    stem: toRichTextView(content.stem, context),
    prompts: toPartViews(content.prompts, context),
    choices: toShuffledPartViews(content.choices, context),
  };
}
