import { Type, type Static } from '@sinclair/typebox';
import { LIMITS, PartId, RichText } from '#bank/protocol';
import { closed, Parts } from '../parts.ts';
import { Weight, Weights } from '../weights.ts';

/**
 * A text with gaps, `[[1]]` in the stem, that are filled from one list. The paragraphs before the first gap are the
 * question. `reuse`: a choice may stand in several gaps. Ids are unique over gaps and choices.
 */
export const GapMatchContent = Type.Object(
  {
    kind: Type.Literal('gapMatch'),
    stem: RichText,
    choices: Parts,
    reuse: Type.Optional(Type.Literal(true)),
  },
  closed,
);
export type GapMatchContent = Static<typeof GapMatchContent>;

const Choices = Type.Array(PartId, { maxItems: LIMITS.optionsPerItem, uniqueItems: true });

/**
 * Gap id → the choices that are right there; `weights` and `wrong`: share of the points of a right gap, and what a
 * wrong one costs.
 */
export const GapMatchKey = Type.Object(
  {
    fills: Type.Record(PartId, Choices, { ...closed, maxProperties: LIMITS.optionsPerItem }),
    weights: Type.Optional(Weights),
    wrong: Type.Optional(Weight),
  },
  closed,
);
export type GapMatchKey = Static<typeof GapMatchKey>;
