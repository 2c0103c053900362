import type { RichTextView } from '#bank/protocol';
import type { ViewContext } from '../kind.ts';
import { toRichTextView } from '../rich-text.ts';
import type { NumericContent } from './schema.ts';

export interface NumericView {
  kind: 'numeric';
  stem: RichTextView;
  unit?: string;
}

export function toNumericView(content: NumericContent, context: ViewContext): NumericView {
  const stem = toRichTextView(content.stem, context);
  return content.unit === undefined
    ? { kind: 'numeric', stem }
    : { kind: 'numeric', stem, unit: content.unit };
}
