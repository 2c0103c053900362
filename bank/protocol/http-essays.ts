import { Type, type Static } from '@sinclair/typebox';
import { Id, PartId } from './ids.ts';
import { LIMITS } from './limits.ts';
import { RichText } from './rich-text.ts';
import { Count, Cursor } from './wire-values.ts';

const closed = { additionalProperties: false };
const Points = Type.Integer({ minimum: 0, maximum: 1_000_000, description: 'Hundredths of a point' });

/** Points by criterion. */
const PointsGiven = Type.Record(PartId, Points, { ...closed, maxProperties: LIMITS.optionsPerItem });
const Comment = Type.String({ maxLength: 2_000 });

export const EssayParams = Type.Object({ exam: Id, essay: Id }, closed);
export const EssayQuery = Type.Object({ after: Cursor }, closed);

/** One essay in the list: nothing tells whose it is, and the order tells nothing either. */
export const EssayLine = Type.Object({ essay: Id, words: Count, isMarked: Type.Boolean() }, closed);
export type EssayLine = Static<typeof EssayLine>;

/** A page of the essays of an exam that are not blank, with how far the marking of all of them is. */
export const EssayList = Type.Object(
  { total: Count, marked: Count, essays: Type.Array(EssayLine), next: Type.Optional(Type.String()) },
  closed,
);
export type EssayList = Static<typeof EssayList>;

/** An essay beside its rubric. `version` is that of its mark, 0 while it has none. */
export const EssayToMark = Type.Object(
  {
    essay: Id,
    stem: RichText,
    text: Type.String(),
    words: Count,
    minWords: Type.Optional(Count),
    maxWords: Type.Optional(Count),
    criteria: Type.Array(
      Type.Object(
        {
          id: PartId,
          title: Type.String(),
          note: Type.Optional(Type.String()),
          levels: Type.Array(Type.Object({ points: Points, text: Type.String() }, closed)),
        },
        closed,
      ),
    ),
    version: Count,
    points: Type.Optional(PointsGiven),
    comment: Type.Optional(Comment),
  },
  closed,
);
export type EssayToMark = Static<typeof EssayToMark>;

/** A person's mark of an essay; `version` is that of the mark which it replaces, 0 for the first. */
export const EssayMarking = Type.Object(
  { version: Count, points: PointsGiven, comment: Type.Optional(Comment) },
  closed,
);
export type EssayMarking = Static<typeof EssayMarking>;

export const EssayMarked = Type.Object({ version: Count }, closed);
export type EssayMarked = Static<typeof EssayMarked>;
