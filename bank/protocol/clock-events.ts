import { Type, type Static } from '@sinclair/typebox';
import { Instant } from './wire-values.ts';

/**
 * Something that happened to the clock of the server's computer between `from` and `at`, in server time:
 * `set`: it was set by `byMs`, which moves no end of an exam; or the computer slept, and its exams stood still.
 * `behind`: after a start of the computer it was so far behind the record; server time went on from the record.
 * `away`: the server was away for `byMs` by a clock that nothing confirms.
 */
export const ClockEvent = Type.Object(
  {
    kind: Type.Union([Type.Literal('set'), Type.Literal('behind'), Type.Literal('away')]),
    from: Instant,
    at: Instant,
    byMs: Type.Integer(),
  },
  { additionalProperties: false },
);
export type ClockEvent = Static<typeof ClockEvent>;

export const ClockEventList = Type.Object(
  { events: Type.Array(ClockEvent) },
  { additionalProperties: false },
);
export type ClockEventList = Static<typeof ClockEventList>;
