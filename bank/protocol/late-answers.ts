import { Type, type Static } from '@sinclair/typebox';
import { HELD_CODES } from './errors-delivery.ts';
import { Id } from './ids.ts';
import { SheetEntry } from './sheet-entry.ts';
import { Count, Instant } from './wire-values.ts';

const closed = { additionalProperties: false };

/** Why an answer was held: the code with which it was refused. */
const HeldCode = Type.Union(HELD_CODES.map((code) => Type.Literal(code)));
export type HeldCode = Static<typeof HeldCode>;

/** A save that came too late or from a device without the lease. */
export const LateEntry = Type.Object({ ...SheetEntry.properties, why: HeldCode }, closed);
export type LateEntry = Static<typeof LateEntry>;

const LateVerdict = Type.Union([Type.Literal('count'), Type.Literal('leave-out')]);
export type LateVerdict = Static<typeof LateVerdict>;

/** Why it was decided so, in words. */
const Reason = Type.String({ minLength: 3, maxLength: 500, pattern: '\\S\\s*\\S\\s*\\S' });

/** Late answers of an attempt as they came, the first ones of its list up to this many. */
const UpTo = Type.Integer({ minimum: 1 });

/**
 * A person's decision on the late answers of one attempt: on those that the person saw listed, which `upTo` names.
 * `decision`: repeating it changes nothing.
 */
export const LateDecision = Type.Object(
  { decision: Id, verdict: LateVerdict, reason: Reason, upTo: UpTo },
  closed,
);
export type LateDecision = Static<typeof LateDecision>;

/**
 * What stands on the sheet of a decision: it rules over the entries of `late` before `upTo` that no earlier one rules
 * over. `salt` (base64url): the ledger names the reason by its HMAC-SHA-256 under the salt.
 */
const RulingOfPerson = Type.Object(
  { ...LateDecision.properties, salt: Type.String({ maxLength: 50 }), by: Id, at: Instant },
  closed,
);

/** Nobody had decided when grading had waited as long as its policy says. */
const RulingOfPolicy = Type.Object(
  { verdict: Type.Literal('leave-out'), upTo: UpTo, policy: Type.String({ maxLength: 100 }), at: Instant },
  closed,
);

export const LateRuling = Type.Union([RulingOfPerson, RulingOfPolicy]);
export type LateRuling = Static<typeof LateRuling>;

/** What came late to an attempt and nobody has decided on: never what was answered. */
export const UndecidedLate = Type.Object(
  {
    attempt: Id,
    why: Type.Array(HeldCode),
    count: Count,
    firstAt: Instant,
    lastAt: Instant,
    /** Slots of the paper, from 0. */
    slots: Type.Array(Count),
    /** Whether the choice of a branch is among them. */
    choosesBranch: Type.Optional(Type.Literal(true)),
    /** Whether the server's own record of the line lets them count, if a person decides so. */
    mayCount: Type.Boolean(),
    /** What a decision on these answers names them by. */
    upTo: UpTo,
  },
  closed,
);
export type UndecidedLate = Static<typeof UndecidedLate>;

/** What a decision did. `sheet`: version of the answer sheet on which it stands. */
export const LateDecided = Type.Object(
  { attempt: Id, decision: Id, verdict: LateVerdict, answers: Count, sheet: Type.Integer({ minimum: 2 }) },
  closed,
);
export type LateDecided = Static<typeof LateDecided>;
