import { Type, type Static } from '@sinclair/typebox';
import { Assembly, Place, Reserve } from './assembly.ts';
import { ExamProfile } from './assurance-policy.ts';
import { Blueprint, CellId } from './blueprint.ts';
import { CandidatePerson, ExamState } from './exam-records.ts';
import { Id } from './ids.ts';
import { ItemKindName, Level } from './item-kinds.ts';
import { LIMITS } from './limits.ts';
import { Hex32 } from './publication.ts';
import { Count, Instant } from './wire-values.ts';

const closed = { additionalProperties: false };
const Title = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' });

export const ExamParams = Type.Object({ exam: Id }, closed);
export const ExamCandidateParams = Type.Object({ exam: Id, candidate: Id }, closed);

/**
 * How candidates move through the paper. `sections`: each part of the matrix is a section with so many seconds of its
 * own, taken in order with no way back; together they are the duration.
 */
export const Navigation = Type.Union([
  Type.Literal('free'),
  Type.Object(
    { sections: Type.Array(Type.Integer({ minimum: 1 }), { minItems: 1, maxItems: LIMITS.partsPerPaper }) },
    closed,
  ),
]);
export type Navigation = Static<typeof Navigation>;

const settings = {
  title: Title,
  durationSeconds: Type.Integer(),
  deadline: Type.Optional(Type.Union([Instant, Type.Null()])),
  markingPolicy: Type.String({ minLength: 1, maxLength: 100 }),
  showPoints: Type.Boolean(),
  /** Absent: free. */
  navigation: Type.Optional(Navigation),
  /** Absent: dealt. */
  assembly: Type.Optional(Assembly),
  /** Papers in reserve, for re-draws, latecomers and make-ups; absent: none. */
  reserve: Type.Optional(Reserve),
  /** Absent: P1 for a new exam, and what it was for another. */
  profile: Type.Optional(ExamProfile),
};
/** `deadline` null or absent: only the duration binds. */
export const ExamSettings = Type.Object(settings, closed);
export type ExamSettings = Static<typeof ExamSettings>;

export const NewExam = Type.Object({ ...settings, bank: Id }, closed);
export type NewExam = Static<typeof NewExam>;

export const ExamSummary = Type.Object(
  {
    id: Id,
    /** Staff account that made it. */
    owner: Id,
    title: Type.String(),
    code: Type.String(),
    state: ExamState,
    profile: ExamProfile,
    candidateCount: Count,
    durationSeconds: Count,
    createdAt: Instant,
    startsAt: Type.Optional(Instant),
    endsAt: Type.Optional(Instant),
  },
  closed,
);
export type ExamSummary = Static<typeof ExamSummary>;

export const ExamView = Type.Object(
  {
    ...ExamSummary.properties,
    bank: Id,
    deadline: Type.Optional(Instant),
    markingPolicy: Type.String(),
    showPoints: Type.Boolean(),
    navigation: Navigation,
    assembly: Assembly,
    reserve: Count,
    /** Reserve papers that have been issued. */
    reserveIssued: Count,
    /** How many shifts have begun, of an open exam that has several. */
    shiftsStarted: Type.Optional(Count),
    codeCount: Count,
    sealing: Type.Boolean(),
    seedCommitment: Hex32,
    blueprint: Type.Optional(Blueprint),
    snapshotHash: Type.Optional(Hex32),
    manifestHash: Type.Optional(Hex32),
  },
  closed,
);
export type ExamView = Static<typeof ExamView>;

export const ExamList = Type.Object(
  { exams: Type.Array(ExamSummary), next: Type.Optional(Type.String()) },
  closed,
);
export type ExamList = Static<typeof ExamList>;

/** `total` is what the paper is declared to be worth, in hundredths: 1000 for a mark out of ten. */
export const BlueprintInput = Type.Object(
  { blueprint: Blueprint, total: Type.Integer({ minimum: 1, maximum: 1_000_000 }) },
  closed,
);
export type BlueprintInput = Static<typeof BlueprintInput>;

const Values = Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]));

const Bounds = Type.Object({ min: Count, max: Count }, closed);

/** What the pages show while a matrix is being made. */
export const BlueprintReport = Type.Object(
  {
    problems: Type.Array(Type.Object({ code: Type.String(), values: Values }, closed)),
    feasible: Type.Boolean(),
    cells: Type.Array(
      Type.Object(
        {
          cell: CellId,
          part: Count,
          /** Where it asks for passages: questions of each. All counts are of questions. */
          perPassage: Type.Optional(Count),
          need: Count,
          have: Count,
          missing: Count,
          rivals: Type.Array(CellId),
          /** Items that would fit but are kept off papers: not approved, not reviewed, held, too many enemies. */
          blocked: Type.Object(
            {
              status: Count,
              review: Count,
              embargo: Count,
              lastUse: Count,
              exposure: Count,
              enemies: Count,
            },
            closed,
          ),
        },
        closed,
      ),
    ),
    /** Decimal number of any length; an upper bound unless `exact`. */
    selections: Type.String(),
    exact: Type.Boolean(),
    /** Papers without any common question that the bank allows at most. */
    disjointPapers: Count,
    /** Bounds of what papers expect: score in 1/100,000 of a point, and seconds where all items tell theirs. */
    reach: Type.Optional(Type.Object({ score: Bounds, seconds: Type.Optional(Bounds) }, closed)),
    /** Whether every candidate can have other questions, not only another order. */
    allDifferent: Type.Boolean(),
  },
  closed,
);
export type BlueprintReport = Static<typeof BlueprintReport>;

/**
 * Topics, levels and kinds that the bank can fill cells with, and how many items there are of each; clusters also by
 * the levels of their statements, sorted, where they are not all the level of the item.
 */
export const StrataReport = Type.Object(
  {
    strata: Type.Array(
      Type.Object(
        {
          topic: Type.String(),
          level: Level,
          kind: ItemKindName,
          statements: Type.Optional(Type.Array(Level)),
          count: Count,
        },
        closed,
      ),
    ),
  },
  closed,
);
export type StrataReport = Static<typeof StrataReport>;

/** What a row of a class list comes to; an ignored row holds nobody. */
const RosterAction = Type.Union([
  Type.Literal('add'),
  Type.Literal('change'),
  Type.Literal('same'),
  Type.Literal('ignored'),
  Type.Literal('refused'),
]);
export type RosterAction = Static<typeof RosterAction>;

const RosterProblem = Type.Object({
  code: Type.String(),
  severity: Type.Union([Type.Literal('warning'), Type.Literal('refused')]),
  cell: Type.Optional(Type.String()),
  line: Type.Optional(Type.Integer()),
  values: Values,
});

/** What a class list would do, or did: per row, and together. */
export const RosterReport = Type.Object(
  {
    problems: Type.Array(RosterProblem),
    rows: Type.Array(
      Type.Object(
        {
          row: Type.Integer(),
          cell: Type.Optional(Type.String()),
          line: Type.Optional(Type.Integer()),
          action: RosterAction,
          number: Type.Optional(Type.String()),
          name: Type.Optional(Type.String()),
          problems: Type.Array(RosterProblem),
        },
        closed,
      ),
    ),
    added: Count,
    changed: Count,
    same: Count,
    refused: Count,
  },
  closed,
);

export type RosterReport = Static<typeof RosterReport>;

export const CandidateList = Type.Object(
  {
    candidates: Type.Array(
      Type.Object(
        {
          id: Id,
          number: Type.String(),
          attempt: Id,
          person: CandidatePerson,
          hasCode: Type.Boolean(),
          /** What the class list says, or, once papers with forms are sealed, where the candidate sits. */
          place: Type.Optional(Type.Partial(Place, closed)),
          /** Code of the form (mã đề). */
          form: Type.Optional(Type.String()),
          /** The paper is one of those that were in reserve. */
          hasReserve: Type.Optional(Type.Literal(true)),
        },
        closed,
      ),
    ),
    next: Type.Optional(Type.String()),
  },
  closed,
);
export type CandidateList = Static<typeof CandidateList>;

/** The slips that are cut up and handed out: everything a candidate needs to sign in. */
export const AccessSlips = Type.Object(
  {
    exam: Type.String(),
    title: Type.String(),
    slips: Type.Array(
      Type.Object(
        {
          number: Type.String(),
          name: Type.String(),
          class: Type.Optional(Type.String()),
          /** Two groups of four. */
          code: Type.String(),
        },
        closed,
      ),
    ),
  },
  closed,
);
export type AccessSlips = Static<typeof AccessSlips>;

/** Why a candidate gets a paper from the reserve; a code, because free text has no place in the ledger. */
export const RESERVE_REASONS = ['latecomer', 'make-up', 'paper-faulty', 'paper-seen'] as const;
export const ReserveRequest = Type.Object(
  { reason: Type.Union(RESERVE_REASONS.map((reason) => Type.Literal(reason))) },
  closed,
);
export type ReserveReason = (typeof RESERVE_REASONS)[number];

/** `order` counts from 1. */
export const ReserveIssued = Type.Object({ order: Count, left: Count }, closed);
export type ReserveIssued = Static<typeof ReserveIssued>;

/** How many candidates were taken out of a draft. */
export const Removed = Type.Object({ removed: Type.Integer({ minimum: 0 }) }, closed);
