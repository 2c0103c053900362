import { Type, type Static } from '@sinclair/typebox';
import { LIMITS, PartId, RichText } from '#bank/protocol';
import { closed } from '../parts.ts';

const Words = Type.Integer({ minimum: 1, maximum: 50_000 });
/** Hundredths of a point. */
const Points = Type.Integer({ minimum: 0, maximum: 1_000_000 });
const Title = Type.String({ minLength: 1, maxLength: 300 });

/** A criterion as candidates see it, with what it is worth. */
const ShownCriterion = Type.Object({ title: Title, points: Points }, closed);

/**
 * A text of any length, marked by a person. `minWords` and `maxWords` are told and never enforced: who goes beyond them
 * is a matter of the rubric. `lines` is how long an answer is expected to be. `shown` are the criteria, where candidates
 * may see them: titles and points only.
 */
export const EssayContent = Type.Object(
  {
    kind: Type.Literal('essay'),
    stem: RichText,
    minWords: Type.Optional(Words),
    maxWords: Type.Optional(Words),
    lines: Type.Optional(Type.Integer({ minimum: 3, maximum: 60 })),
    shown: Type.Optional(Type.Array(ShownCriterion, { maxItems: LIMITS.optionsPerItem })),
  },
  closed,
);
export type EssayContent = Static<typeof EssayContent>;

/** What a marker may give for a criterion, and for what. */
const RubricLevel = Type.Object({ points: Points, text: Type.String({ maxLength: 1000 }) }, closed);

const Criterion = Type.Object(
  {
    id: PartId,
    title: Title,
    /** For markers only. */
    note: Type.Optional(Type.String({ maxLength: 2000 })),
    levels: Type.Array(RubricLevel, { maxItems: 20 }),
  },
  closed,
);
export type Criterion = Static<typeof Criterion>;

/** The rubric. What the criteria are worth together is the full mark of the item. */
export const EssayKey = Type.Object(
  { criteria: Type.Array(Criterion, { maxItems: LIMITS.optionsPerItem }) },
  closed,
);
export type EssayKey = Static<typeof EssayKey>;
