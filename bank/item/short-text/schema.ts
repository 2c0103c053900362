import { Type, type Static } from '@sinclair/typebox';
import { LIMITS, RichText } from '#bank/protocol';
import { closed } from '../parts.ts';

/** A few words typed by the candidate. */
export const ShortTextContent = Type.Object({ kind: Type.Literal('shortText'), stem: RichText }, closed);
export type ShortTextContent = Static<typeof ShortTextContent>;

/** Every wording that counts as right, compared as `normaliseAnswer` says. */
export const ShortTextKey = Type.Object(
  {
    accepted: Type.Array(Type.String({ maxLength: LIMITS.shortAnswer }), { maxItems: 50 }),
    caseSensitive: Type.Optional(Type.Literal(true)),
  },
  closed,
);
export type ShortTextKey = Static<typeof ShortTextKey>;
