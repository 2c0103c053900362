import { Type, type Static } from '@sinclair/typebox';
import { Id } from './ids.ts';
import { TIME_REASONS } from './time-reasons.ts';
import { Count, Instant } from './wire-values.ts';

const closed = { additionalProperties: false };

const TimeReason = Type.Union(TIME_REASONS.map((reason) => Type.Literal(reason)));

const MOST_MINUTES = 240;
const MOST_CANDIDATES = 1000;

/** More time for these candidates, or for all who are still writing. `decision`: repeating it changes nothing. */
export const ExtendTime = Type.Object(
  {
    decision: Id,
    minutes: Type.Integer({ minimum: 1, maximum: MOST_MINUTES }),
    reason: TimeReason,
    candidates: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: MOST_CANDIDATES, uniqueItems: true })),
  },
  closed,
);
export type ExtendTime = Static<typeof ExtendTime>;

/** `over`: candidates who had handed in, or whose time had run out, when it was decided. */
export const TimeExtended = Type.Object(
  {
    decision: Id,
    changed: Count,
    over: Count,
    now: Instant,
  },
  closed,
);
export type TimeExtended = Static<typeof TimeExtended>;

const change = { decision: Id, ms: Type.Integer({ minimum: 1 }), reason: TimeReason, at: Instant };

/** One reason why an attempt ends when it ends, as candidate and proctor see it. */
export const TimeChange = Type.Object(change, closed);
export type TimeChange = Static<typeof TimeChange>;

/** The same on the answer sheet; `by` is the member of staff who decided it. */
export const DecidedTimeChange = Type.Object({ ...change, by: Id }, closed);
