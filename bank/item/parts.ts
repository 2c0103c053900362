import { Type, type Static } from '@sinclair/typebox';
import { LIMITS, PartId, RichText, type RichTextView } from '#bank/protocol';
import type { ItemProblem, ViewContext } from './kind.ts';
import { isBlank, likeness, toRichTextView } from './rich-text.ts';

export const closed = { additionalProperties: false } as const;

/** One statement, prompt or choice of an item. */
const Part = Type.Object({ id: PartId, text: RichText }, closed);
type Part = Static<typeof Part>;

export const Parts = Type.Array(Part, { maxItems: LIMITS.optionsPerItem });

/** A part as the candidate sees it: named by the token of the sitting. */
export interface PartView {
  token: string;
  text: RichTextView;
}

/** The view of one part; nothing of it but its text passes. */
function toPartView(part: Part, context: ViewContext): PartView {
  return { token: context.token(part.id), text: toRichTextView(part.text, context) };
}

/** Views in the order given. */
export function toPartViews(parts: readonly Part[], context: ViewContext): PartView[] {
  return parts.map((part) => toPartView(part, context));
}

/** Views in the order of their tokens, so that nothing of the author's order is left. */
export function toShuffledPartViews(parts: readonly Part[], context: ViewContext): PartView[] {
  return toPartViews(parts, context).sort((a, b) => (a.token < b.token ? -1 : 1));
}

export function checkStem(stem: RichText): ItemProblem[] {
  return isBlank(stem) ? [{ code: 'item-stem-empty', where: 'stem' }] : [];
}

/** Empty parts, repeated ids, and parts that read the same after normalisation. */
export function checkParts(parts: readonly Part[], group: string): ItemProblem[] {
  const problems: ItemProblem[] = [];
  const ids = new Set<string>();
  const firstWithText = new Map<string, string>();
  for (const part of parts) {
    const where = `${group}.${part.id}`;
    if (ids.has(part.id)) problems.push({ code: 'item-part-repeated', where, values: { part: part.id } });
    ids.add(part.id);
    if (isBlank(part.text)) {
      problems.push({ code: 'item-part-empty', where, values: { part: part.id } });
      continue;
    }
    const text = likeness(part.text);
    const first = firstWithText.get(text);
    if (first === undefined) firstWithText.set(text, part.id);
    else problems.push({ code: 'item-part-duplicate', where, values: { part: part.id, first } });
  }
  return problems;
}

/** Part ids that the key names although the item has no such part. */
export function checkKnown(
  named: readonly string[],
  parts: readonly Pick<Part, 'id'>[],
  where: string,
): ItemProblem[] {
  const ids = new Set(parts.map((part) => part.id));
  return named
    .filter((id) => !ids.has(id))
    .map((part) => ({ code: 'item-key-unknown-part', where, values: { part } }));
}
