import type { RichTextView } from '#bank/protocol';
import type { ViewContext } from '../kind.ts';
import { toRichTextView } from '../rich-text.ts';
import type { EssayContent } from './schema.ts';

export interface EssayView extends Pick<EssayContent, 'minWords' | 'maxWords' | 'lines' | 'shown'> {
  kind: 'essay';
  stem: RichTextView;
}

export function toEssayView(content: EssayContent, context: ViewContext): EssayView {
  const { minWords, maxWords, lines, shown } = content;
  return {
    kind: 'essay',
    stem: toRichTextView(content.stem, context),
    ...(minWords !== undefined && { minWords }),
    ...(maxWords !== undefined && { maxWords }),
    ...(lines !== undefined && { lines }),
    ...(shown && { shown: shown.map(({ title, points }) => ({ title, points })) }),
  };
}
