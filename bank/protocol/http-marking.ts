import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { ExamState } from './exam-records.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';

const closed = { additionalProperties: false };
const Points = Type.Integer({ minimum: 0, description: 'Hundredths of a point' });
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$' });
const orNull = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** Why a question does not count: it is of a branch that was not chosen, or others of its group count instead. */
export const Uncounted = Type.Union([Type.Literal('other-branch'), Type.Literal('beyond-choice')]);
export type Uncounted = Static<typeof Uncounted>;

/** Where candidates choose what they answer. */
const chosen = {
  /** Title of the branch that counts. */
  branch: Type.Optional(Type.String({ maxLength: 200 })),
  /** Answers that do not count: of another branch, or more than were asked for. */
  surplus: Type.Optional(Type.Integer({ minimum: 0 })),
};

export const MarkingExamParams = Type.Object({ exam: Id }, closed);

export const ResultTableQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
    after: Type.Optional(Type.String({ maxLength: 2_000 })),
  },
  closed,
);

/** What a grading came to; the same for every repetition. */
export const GradeSummary = Type.Object(
  {
    exam: Id,
    policy: Type.String({ maxLength: 100 }),
    /** Attempts with a result. */
    graded: Type.Integer({ minimum: 0 }),
    /** Candidates who never came and have no result. */
    absent: Type.Integer({ minimum: 0 }),
    /** SHA-256 over the canonical JSON list of [attempt, SHA-256 of its result], sorted by attempt. */
    digest: Digest,
  },
  closed,
);
export type GradeSummary = Static<typeof GradeSummary>;

/** One line of the result table; the marks are null for a candidate who was absent. */
export const ResultRow = Type.Object(
  {
    attempt: Id,
    number: Type.String({ maxLength: 100 }),
    name: Type.String({ maxLength: 200 }),
    class: Type.Optional(Type.String({ maxLength: 100 })),
    birthDate: Type.Optional(Type.String({ maxLength: 40 })),
    /** Code of the form, where candidates share forms. */
    form: Type.Optional(Type.String({ maxLength: 20 })),
    marks: orNull(
      Type.Object(
        {
          /** Points of each part of the paper, in the order of `parts`. */
          parts: Type.Array(Points),
          /** Sum of all slots. */
          total: Points,
          /** The mark: the total after the policy's rounding. */
          rounded: Points,
          ...chosen,
        },
        closed,
      ),
    ),
  },
  closed,
);
export type ResultRow = Static<typeof ResultRow>;

export const ResultTable = Type.Object(
  {
    exam: Type.Object(
      {
        id: Id,
        title: Type.String(),
        code: Type.String(),
        state: ExamState,
        policy: Type.String(),
        /** Milliseconds since 1970 UTC. */
        startsAt: Type.Optional(Type.Integer()),
        candidateCount: Type.Integer({ minimum: 0 }),
        /** The best mark: what the whole paper is worth, or the policy's scale. */
        max: Points,
      },
      closed,
    ),
    parts: Type.Array(Type.Object({ title: Type.String(), max: Points }, closed)),
    rows: Type.Array(ResultRow),
    /** Give it back as `after` for the next page; absent on the last. */
    next: Type.Optional(Type.String()),
  },
  closed,
);
export type ResultTable = Static<typeof ResultTable>;

/** A candidate's own result. `questions` only where the exam's policy shows points per question. */
export const CandidateResult = Type.Object(
  {
    state: Type.Union([Type.Literal('marked'), Type.Literal('absent')]),
    rounded: Type.Optional(Points),
    max: Type.Optional(Points),
    ...chosen,
    questions: Type.Optional(
      Type.Array(
        Type.Object(
          {
            /** As printed on the paper, from 1; descriptions are not counted. */
            number: Type.Integer({ minimum: 1 }),
            slot: Type.Integer({ minimum: 0 }),
            points: Points,
            max: Points,
            /** Of an essay, what was given for each criterion, and what its marker wrote. */
            criteria: Type.Optional(
              Type.Array(Type.Object({ title: Type.String(), points: Points, max: Points }, closed)),
            ),
            comment: Type.Optional(Type.String()),
            /** Why it gives no points and is not part of the maximum, whatever was answered. */
            uncounted: Type.Optional(Uncounted),
          },
          closed,
        ),
        { maxItems: LIMITS.slotsPerPaper },
      ),
    ),
  },
  closed,
);
export type CandidateResult = Static<typeof CandidateResult>;

export const Released = Type.Object({ state: Type.Literal('released') }, closed);
