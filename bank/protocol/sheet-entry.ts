import { Type, type Static } from '@sinclair/typebox';
import { Response, Summary } from './response.ts';
import { Count, Instant } from './wire-values.ts';

/** One save on an answer sheet. `slot` counts all slots of the paper from 0, descriptions included. */
export const SheetEntry = Type.Object(
  { slot: Count, seq: Type.Integer({ minimum: 1 }), epoch: Count, response: Response, at: Instant },
  { additionalProperties: false },
);
export type SheetEntry = Static<typeof SheetEntry>;

/** A save as the history has it: of essays only the newest of a slot has its text, the others a summary. */
export const HistoryEntry = Type.Object(
  { ...SheetEntry.properties, response: Type.Union([Response, Summary]) },
  { additionalProperties: false },
);
export type HistoryEntry = Static<typeof HistoryEntry>;

/** An answer some of whose chunks never came: it was not acknowledged, and nothing of it counts. */
export const IncompleteEntry = Type.Object(
  {
    slot: Count,
    seq: Type.Integer({ minimum: 1 }),
    epoch: Count,
    /** Chunks that it has, of how many. */
    received: Count,
    count: Count,
    /** When the last of them came. */
    at: Instant,
  },
  { additionalProperties: false },
);
export type IncompleteEntry = Static<typeof IncompleteEntry>;
