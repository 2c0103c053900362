import { Type, type Static } from '@sinclair/typebox';
import { ClockEvent } from './clock-events.ts';
import { CancelReason, ExamState } from './exam-records.ts';
import { SectionState } from './http-delivery.ts';
import { Id } from './ids.ts';
import { UndecidedLate } from './late-answers.ts';
import { ATTEMPT_PHASES } from './socket.ts';
import { Outage, TimeChange } from './time-changes.ts';
import { Count, Instant } from './wire-values.ts';

const closed = { additionalProperties: false };

/** When a started exam runs. */
export const ExamTimes = Type.Object(
  { exam: Id, state: ExamState, startsAt: Instant, endsAt: Instant, now: Instant },
  closed,
);
export type ExamTimes = Static<typeof ExamTimes>;

/** The next shift of an exam that has several; the first begins with the exam. */
export const StartShift = Type.Object({ shift: Type.Integer({ minimum: 2, maximum: 1000 }) }, closed);
export type StartShift = Static<typeof StartShift>;
/** How many attempts may begin now. */
export const ShiftStarted = Type.Object({ shift: Count, started: Count }, closed);
export type ShiftStarted = Static<typeof ShiftStarted>;

export const CancelExam = Type.Object({ reason: CancelReason }, closed);
export type CancelExam = Static<typeof CancelExam>;
export const ExamCancelled = Type.Object({ exam: Id, state: ExamState }, closed);
export type ExamCancelled = Static<typeof ExamCancelled>;

/** How one candidate stands, by rising candidate number. */
export const PresentCandidate = Type.Object(
  {
    candidate: Id,
    attempt: Id,
    number: Type.String(),
    /** Code of the form, where candidates share forms. */
    form: Type.Optional(Type.String()),
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
    /** Without it the exam has not begun, or the attempt is paused and has `left` milliseconds more. */
    endsAt: Type.Optional(Instant),
    left: Type.Optional(Count),
    /** Since when the clock of a paused attempt stands, and when it is closed if nobody lets it go on. */
    paused: Type.Optional(Type.Object({ since: Instant, closesAt: Instant }, closed)),
    /** What is written now, in an exam with sections. */
    section: Type.Optional(SectionState),
    /** Why the attempt ends then and not with its exam, in the order of the decisions. */
    because: Type.Array(TimeChange),
  },
  closed,
);
export type PresentCandidate = Static<typeof PresentCandidate>;

/** What of it changes while the candidate sits there: what is pushed to who watches. */
export const Standing = Type.Omit(PresentCandidate, ['candidate', 'number', 'form', 'name'], closed);
export type Standing = Static<typeof Standing>;

export const PresencePage = Type.Object(
  {
    exam: Id,
    state: ExamState,
    now: Instant,
    startsAt: Type.Optional(Instant),
    endsAt: Type.Optional(Instant),
    /** What happened to the server's clock since the start, newest first. */
    clock: Type.Array(ClockEvent),
    candidates: Type.Array(PresentCandidate),
    next: Type.Optional(Type.String()),
  },
  closed,
);
export type PresencePage = Static<typeof PresencePage>;

/** What a candidate has lost by lines that the server saw break. Milliseconds. */
export const CandidateOutages = Type.Object(
  {
    candidate: Id,
    number: Type.String(),
    name: Type.String(),
    outages: Type.Array(Outage),
    lostMs: Count,
    /** Given back already. */
    creditedMs: Count,
    /** What a confirmation gives back: not more than the policy allows. */
    proposedMs: Count,
  },
  closed,
);
export type CandidateOutages = Static<typeof CandidateOutages>;

/** A page of an exam's candidates, those without an outage left out. */
export const OutagesPage = Type.Object(
  {
    exam: Id,
    now: Instant,
    capMs: Count,
    candidates: Type.Array(CandidateOutages),
    next: Type.Optional(Type.String()),
  },
  closed,
);
export type OutagesPage = Static<typeof OutagesPage>;

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
