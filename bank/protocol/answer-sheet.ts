import { Type, type Static } from '@sinclair/typebox';
import type { BoxContext } from './box.ts';
import { Id } from './ids.ts';
import { LateEntry, LateRuling } from './late-answers.ts';
import { PlayEntry } from './media.ts';
import { HistoryEntry, IncompleteEntry, SheetEntry } from './sheet-entry.ts';
import { DecidedTimeChange, Outage } from './time-changes.ts';
import { Instant } from './wire-values.ts';

const closed = { additionalProperties: false };
const WholeNumber = Type.Integer({ minimum: 0 });

/**
 * The answer sheet of one attempt, written at close and sealed under the attempt's line: all that grading and
 * regrading read, and all that is kept of the attempt. A version never changes; the next one is written by a decision
 * on late answers, and when undecided ones leave the journal.
 */
export const AnswerSheet = Type.Object(
  {
    v: Type.Literal(1),
    exam: Id,
    attempt: Id,
    /**
     * The answer that counts of every answered slot, by rising slot; a cleared one has the response null. Late ones
     * are among them only where a ruling counts them.
     */
    answers: Type.Array(SheetEntry),
    /** Every acknowledged save in the order of the journal. */
    history: Type.Array(HistoryEntry),
    /** Answers whose chunks had not all come when the attempt was closed; by rising epoch and `seq`. */
    incomplete: Type.Optional(Type.Array(IncompleteEntry)),
    /** What happened to the attempt: `started`, `section` for each after the first, `submitted`, `closed`, `terminated`. Without `started` the candidate never came. */
    transitions: Type.Array(
      Type.Object({ to: Type.String({ pattern: '^[a-z-]{1,40}$' }), at: Instant }, closed),
    ),
    /** The policy that closed it, signed: its clock had been stopped, and nobody started it again. */
    closedBy: Type.Optional(
      Type.Object({ policy: Type.String({ maxLength: 50 }), jws: Type.String({ maxLength: 2000 }) }, closed),
    ),
    /** Entries that came after the deadline or from a device without the lease, in the order of the journal. */
    late: Type.Array(LateEntry),
    /** What was decided on them, in order; entries of `late` beyond the last ruling are undecided. */
    rulings: Type.Optional(Type.Array(LateRuling)),
    /** Changes of the end of the attempt, and who decided them. */
    times: Type.Optional(Type.Array(DecidedTimeChange)),
    /** Every decision about the attempt by its name, in order: none counts twice. */
    decisions: Type.Optional(Type.Array(Id)),
    /** The section that began last, from 0, and when its time began. */
    section: Type.Optional(Type.Object({ number: WholeNumber, from: Instant }, closed)),
    /** Milliseconds by which it ended later. */
    given: Type.Optional(WholeNumber),
    /** When the server had no line to the device while the candidate was writing. */
    outages: Type.Optional(Type.Array(Outage)),
    /** Every play of a recording, in order. */
    plays: Type.Optional(Type.Array(PlayEntry)),
    /** Number of the receipt that the candidate was given at hand-in. */
    receipt: Type.Optional(Type.String({ maxLength: 100 })),
    /** The signed receipt, and the salt (base64url) with which its root follows from the `answers` of version 1. */
    proof: Type.Optional(
      Type.Object({ jws: Type.String({ maxLength: 2000 }), salt: Type.String({ maxLength: 50 }) }, closed),
    ),
    /**
     * The devices that had the attempt, one epoch each. `voided` lists the ranges of `seq` that the device before
     * took with it: given out, never received.
     */
    leases: Type.Optional(
      Type.Array(
        Type.Object(
          {
            epoch: WholeNumber,
            /** Hash of what the device called itself. */
            device: Type.Optional(Type.String({ maxLength: 50 })),
            at: Instant,
            voided: Type.Array(Type.Tuple([WholeNumber, WholeNumber])),
          },
          closed,
        ),
      ),
    ),
  },
  closed,
);
export type AnswerSheet = Static<typeof AnswerSheet>;

/** Id of a version of an attempt's sheet in the collection `sheets`; versions count from 1. */
export function sheetId(attempt: string, version: number): string {
  return `${attempt}.${version}`;
}

/** Box context of a sheet. */
export function sheetContext(tenant: string, attempt: string, version: number): BoxContext {
  return { type: 'sheet', tenant, object: attempt, version, field: 'sheet' };
}
