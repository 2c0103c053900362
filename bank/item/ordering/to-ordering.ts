import type { RichText } from '#bank/protocol';
import { likeness } from '../rich-text.ts';
import type { OrderingContent, OrderingKey } from './schema.ts';

const FIRST_LETTER = 97;

/**
 * Parts and key of texts in the right order. Authors write them so; the content, which is sealed apart from the key,
 * must not tell it: there the parts stand, and are named, in the order of their texts.
 */
export function toOrdering(
  texts: readonly RichText[],
): Pick<OrderingContent, 'parts'> & Pick<OrderingKey, 'order'> {
  const sorted = texts
    .map((text, place) => ({ text, place, by: likeness(text) }))
    .sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : a.place - b.place))
    .map((one, i) => ({ ...one, id: String.fromCodePoint(FIRST_LETTER + i) }));
  const order = [...sorted].sort((a, b) => a.place - b.place).map(({ id }) => id);
  return { parts: sorted.map(({ id, text }) => ({ id, text })), order };
}

/** The texts in the right order; parts that the key does not name come last. */
export function inRightOrder<P extends { id: string }>(parts: readonly P[], order: readonly string[]): P[] {
  const named = order.flatMap((id) => parts.find((part) => part.id === id) ?? []);
  return [...named, ...parts.filter((part) => !named.includes(part))];
}
