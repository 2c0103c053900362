import type { RichTextView } from '#bank/protocol';
import { gapIds, toGapText, type GapTextView } from '../bracketed.ts';
import type { ViewContext } from '../kind.ts';
import { toShuffledPartViews, type PartView } from '../parts.ts';
import type { GapMatchContent } from './schema.ts';

export interface GapMatchView {
  kind: 'gapMatch';
  stem: RichTextView;
  text: GapTextView;
  gaps: { token: string }[];
  choices: PartView[];
  reuse?: true;
}

export function toGapMatchView(content: GapMatchContent, context: ViewContext): GapMatchView {
  const gaps = gapIds(content.stem);
  return {
    kind: 'gapMatch',
    ...toGapText(content.stem, gaps, context),
    gaps: gaps.map((id) => ({ token: context.token(id) })),
    choices: toShuffledPartViews(content.choices, context),
    ...(content.reuse && { reuse: true }),
  };
}
