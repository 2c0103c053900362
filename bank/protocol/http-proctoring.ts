import { Type, type Static } from '@sinclair/typebox';
import { ExamState } from './exam-records.ts';
import { Id } from './ids.ts';
import { UndecidedLate } from './late-answers.ts';
import { ATTEMPT_PHASES } from './socket.ts';
import { TimeChange } from './time-changes.ts';
import { Count, Instant } from './wire-values.ts';

const closed = { additionalProperties: false };

/** When a started exam runs. */
export const ExamTimes = Type.Object(
  { exam: Id, state: ExamState, startsAt: Instant, endsAt: Instant, now: Instant },
  closed,
);
export type ExamTimes = Static<typeof ExamTimes>;

/** How one candidate stands, by rising candidate number. */
export const PresentCandidate = Type.Object(
  {
    candidate: Id,
    attempt: Id,
    number: Type.String(),
    name: Type.String(),
    state: Type.Union(ATTEMPT_PHASES.map((phase) => Type.Literal(phase))),
    connected: Type.Boolean(),
    /** Every answer up to this sequence number is saved. */
    watermark: Count,
    /** Questions with an answer. */
    answered: Count,
    lastSavedAt: Type.Union([Instant, Type.Null()]),
    /** Devices that have had the attempt. */
    devices: Count,
    /** Answers that came late or from another device, decided on or not. */
    held: Count,
    endsAt: Type.Optional(Instant),
    /** Why the attempt ends then and not with its exam, in the order of the decisions. */
    because: Type.Array(TimeChange),
  },
  closed,
);
export type PresentCandidate = Static<typeof PresentCandidate>;

export const PresencePage = Type.Object(
  {
    exam: Id,
    state: ExamState,
    now: Instant,
    startsAt: Type.Optional(Instant),
    endsAt: Type.Optional(Instant),
    candidates: Type.Array(PresentCandidate),
    next: Type.Optional(Type.String()),
  },
  closed,
);
export type PresencePage = Static<typeof PresencePage>;

export const ExamAttemptParams = Type.Object({ exam: Id, attempt: Id }, closed);

/** Attempts with late answers that nobody has decided on, by rising candidate number. */
export const LatePage = Type.Object(
  {
    exam: Id,
    state: ExamState,
    now: Instant,
    /** Until when grading waits for decisions; absent before the exam has closed. */
    waitsUntil: Type.Optional(Instant),
    attempts: Type.Array(
      Type.Object(
        { ...UndecidedLate.properties, candidate: Id, number: Type.String(), name: Type.String() },
        closed,
      ),
    ),
    next: Type.Optional(Type.String()),
  },
  closed,
);
export type LatePage = Static<typeof LatePage>;
export type LateAttempt = LatePage['attempts'][number];
