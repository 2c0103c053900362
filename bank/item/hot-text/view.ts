import type { InlineView, RichTextView } from '#bank/protocol';
import type { ViewContext } from '../kind.ts';
import { toRichTextView } from '../rich-text.ts';
import { textPieces } from './phrases.ts';
import type { HotTextContent } from './schema.ts';

/** Runs that belong together; with a token they can be marked. */
export interface HotPieceView {
  token?: string;
  runs: InlineView[];
}

export interface HotTextView {
  kind: 'hotText';
  stem: RichTextView;
  text: HotPieceView[][];
}

export function toHotTextView(content: HotTextContent, context: ViewContext): HotTextView {
  const paragraphs = textPieces(content.stem);
  const first = paragraphs.findIndex((pieces) => pieces.some(({ phrase }) => phrase !== undefined));
  const start = first < 0 ? paragraphs.length : first;
  return {
    kind: 'hotText',
    stem: toRichTextView(content.stem.slice(0, start), context),
    text: paragraphs.slice(start).map((pieces) =>
      pieces.map(({ phrase, runs }) => ({
        ...(phrase !== undefined && { token: context.token(phrase) }),
        runs: toRichTextView([runs], context).flat(),
      })),
    ),
  };
}
