import type { RichTextView } from '#bank/protocol';
import { toGapText, type GapTextView } from '../bracketed.ts';
import type { ViewContext } from '../kind.ts';
import type { ClozeContent, Gap } from './schema.ts';

/** Options stand in the order of their tokens. */
export interface ClozeGapView {
  token: string;
  options?: { token: string; text: string }[];
}

export interface ClozeView {
  kind: 'cloze';
  stem: RichTextView;
  text: GapTextView;
  gaps: ClozeGapView[];
}

export function toClozeView(content: ClozeContent, context: ViewContext): ClozeView {
  const toGap = ({ id, options }: Gap): ClozeGapView => {
    const token = context.token(id);
    if (!options) return { token };
    const views = options.map((option) => ({ token: context.token(option.id), text: option.text }));
    return { token, options: views.sort((a, b) => (a.token < b.token ? -1 : 1)) };
  };
  const ids = content.gaps.map(({ id }) => id);
  return { kind: 'cloze', ...toGapText(content.stem, ids, context), gaps: content.gaps.map(toGap) };
}
