import type { RichTextView } from '#bank/protocol';
import type { ViewContext } from '../kind.ts';
import { toRichTextView } from '../rich-text.ts';
import type { NumericEntry } from './decimal.ts';
import type { NumericContent } from './schema.ts';

export interface NumericView {
  kind: 'numeric';
  stem: RichTextView;
  unit?: string;
  entry?: NumericEntry;
}

export function toNumericView(content: NumericContent, context: ViewContext): NumericView {
  const stem = toRichTextView(content.stem, context);
  const { unit, entry } = content;
  return {
    kind: 'numeric',
    stem,
    ...(unit !== undefined && { unit }),
    ...(entry !== undefined && { entry }),
  };
}
