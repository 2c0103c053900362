import { Type, type Static } from '@sinclair/typebox';
import { LIMITS, RichText } from '#bank/protocol';
import { closed } from '../parts.ts';

/** A few words typed by the candidate. */
export const ShortTextContent = Type.Object({ kind: Type.Literal('shortText'), stem: RichText }, closed);
export type ShortTextContent = Static<typeof ShortTextContent>;

/** What an author may let pass: the five tone marks, and i written for y at the end of a syllable (kỳ, kì). */
export const SHORT_TEXT_FOLDS = ['tones', 'iy'] as const;
export type ShortTextFold = (typeof SHORT_TEXT_FOLDS)[number];

const Answers = Type.Array(Type.String({ maxLength: LIMITS.shortAnswer }), { maxItems: 50 });

/**
 * Every wording that counts as right, compared as `normaliseAnswer` says; `patterns` are wordings in which `*` stands
 * for any characters or none, `?` for one character, and a backslash before a sign for the sign itself; `expressions`
 * are regular expressions for the whole answer: see expression.ts.
 */
export const ShortTextKey = Type.Object(
  {
    accepted: Answers,
    patterns: Type.Optional(Answers),
    expressions: Type.Optional(Answers),
    caseSensitive: Type.Optional(Type.Literal(true)),
    folds: Type.Optional(
      Type.Array(Type.Union(SHORT_TEXT_FOLDS.map((fold) => Type.Literal(fold))), { uniqueItems: true }),
    ),
  },
  closed,
);
export type ShortTextKey = Static<typeof ShortTextKey>;
