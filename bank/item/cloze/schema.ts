import { Type, type Static } from '@sinclair/typebox';
import { LIMITS, PartId, RichText } from '#bank/protocol';
import { closed } from '../parts.ts';
import { ShortTextKey } from '../short-text/schema.ts';
import { Weight, Weights } from '../weights.ts';

/** A browser's list shows plain characters only. */
const ListOption = Type.Object({ id: PartId, text: Type.String({ minLength: 1, maxLength: 200 }) }, closed);

/** One gap: a list of options to pick from, or, without options, a few words to type. */
const Gap = Type.Object(
  { id: PartId, options: Type.Optional(Type.Array(ListOption, { maxItems: LIMITS.optionsPerItem })) },
  closed,
);
export type Gap = Static<typeof Gap>;

/**
 * A text with gaps: `[[a]]` in the stem is the place of gap `a`. The paragraphs before the first gap are the question.
 * Ids of gaps and options are unique over all.
 */
export const ClozeContent = Type.Object(
  {
    kind: Type.Literal('cloze'),
    stem: RichText,
    gaps: Type.Array(Gap, { maxItems: LIMITS.optionsPerItem }),
  },
  closed,
);
export type ClozeContent = Static<typeof ClozeContent>;

const Answers = Type.Array(Type.String({ maxLength: LIMITS.shortAnswer }), { maxItems: 50 });

/**
 * Gap id → the ids of its right options, or every wording that counts as right, compared as in a short text.
 * `distinct`: the same answer in two gaps counts once, for gaps that may be filled in any order.
 * `weights` and `wrong`: share of the points of a right gap, and what a wrong one costs.
 */
export const ClozeKey = Type.Object(
  {
    answers: Type.Record(PartId, Answers, { ...closed, maxProperties: LIMITS.optionsPerItem }),
    distinct: Type.Optional(Type.Literal(true)),
    caseSensitive: ShortTextKey.properties.caseSensitive,
    folds: ShortTextKey.properties.folds,
    weights: Type.Optional(Weights),
    wrong: Type.Optional(Weight),
  },
  closed,
);
export type ClozeKey = Static<typeof ClozeKey>;
