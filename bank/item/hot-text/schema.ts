import { Type, type Static } from '@sinclair/typebox';
import { RichText } from '#bank/protocol';
import { MultipleKey } from '../multiple/schema.ts';
import { closed } from '../parts.ts';

/**
 * Words or phrases to be marked in a text: each stands in the stem between `[[` and `]]`, and is called by its number,
 * `1`, `2`, … in reading order. The paragraphs before the first phrase are the question.
 */
export const HotTextContent = Type.Object({ kind: Type.Literal('hotText'), stem: RichText }, closed);
export type HotTextContent = Static<typeof HotTextContent>;

/** The phrases to be marked, counted as the options of a multiple response. */
export const HotTextKey = Type.Object(MultipleKey.properties, closed);
export type HotTextKey = Static<typeof HotTextKey>;
