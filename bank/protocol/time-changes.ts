import { Type, type Static } from '@sinclair/typebox';
import { END_REASONS } from './end-reasons.ts';
import { Id } from './ids.ts';
import { TIME_REASONS } from './time-reasons.ts';
import { Count, Instant } from './wire-values.ts';

const closed = { additionalProperties: false };

const TimeReason = Type.Union(TIME_REASONS.map((reason) => Type.Literal(reason)));
const EndReason = Type.Union(END_REASONS.map((reason) => Type.Literal(reason)));

const MOST_MINUTES = 240;
const MOST_CANDIDATES = 1000;
const Candidates = Type.Array(Id, { minItems: 1, maxItems: MOST_CANDIDATES, uniqueItems: true });

/** `decision`: repeating it changes nothing. Without `candidates` it is for everybody who can still write. */
const decided = { decision: Id, candidates: Type.Optional(Candidates) };

/** More time for these candidates, or for all who are still writing. */
export const ExtendTime = Type.Object(
  { ...decided, minutes: Type.Integer({ minimum: 1, maximum: MOST_MINUTES }), reason: TimeReason },
  closed,
);
export type ExtendTime = Static<typeof ExtendTime>;

/** Stops the clock. */
export const PauseTime = Type.Object({ ...decided, reason: TimeReason }, closed);
export type PauseTime = Static<typeof PauseTime>;

/** Lets the clock go on. */
export const ResumeTime = Type.Object(decided, closed);
export type ResumeTime = Static<typeof ResumeTime>;

/** Gives back the time that the server's own record of connections shows as lost, up to the cap of the policy. */
export const CreditOutages = Type.Object({ decision: Id, candidates: Candidates }, closed);
export type CreditOutages = Static<typeof CreditOutages>;

/** Ends attempts for a reason; what was saved is kept and marked. */
export const TerminateAttempts = Type.Object(
  { decision: Id, candidates: Candidates, reason: EndReason },
  closed,
);
export type TerminateAttempts = Static<typeof TerminateAttempts>;

/** `over`: candidates whom it could not reach any more, because they had handed in or their time had run out. */
export const DecisionTaken = Type.Object(
  {
    decision: Id,
    changed: Count,
    over: Count,
    now: Instant,
  },
  closed,
);
export type DecisionTaken = Static<typeof DecisionTaken>;

const change = { decision: Id, ms: Type.Integer({ minimum: 0 }), reason: TimeReason, at: Instant };

/** One reason why an attempt ends when it ends, as candidate and proctor see it: time given, or a pause that is over. */
export const TimeChange = Type.Object(change, closed);
export type TimeChange = Static<typeof TimeChange>;

/** The same on the answer sheet; `by` is the member of staff who decided it, `jws` the signed decision. */
export const DecidedTimeChange = Type.Object(
  { ...change, by: Id, jws: Type.String({ maxLength: 2000 }) },
  closed,
);
export type DecidedTimeChange = Static<typeof DecidedTimeChange>;

/** A time without a line: `line` as the server saw it, `server` while it was itself away. `to` null: still gone. */
export const Outage = Type.Object(
  {
    from: Instant,
    to: Type.Union([Instant, Type.Null()]),
    cause: Type.Union([Type.Literal('line'), Type.Literal('server')]),
  },
  closed,
);
export type Outage = Static<typeof Outage>;
