import { Type, type Static } from '@sinclair/typebox';
import { ExtraTime } from './extra-time.ts';
import { ViewAddress } from './paper.ts';
import { Id, PartId, PartToken } from './ids.ts';
import type { BoxContext } from './box.ts';

const closed = { additionalProperties: false };

/** States of an exam, in the order in which it passes through them; a sealed one may end as `cancelled` instead. */
export const EXAM_STATES = ['draft', 'sealed', 'open', 'closed', 'graded', 'released', 'cancelled'] as const;
export const ExamState = Type.Union(EXAM_STATES.map((state) => Type.Literal(state)));
export type ExamState = (typeof EXAM_STATES)[number];

/** Whether an exam has come to a state, or beyond it; one that was cancelled came nowhere. */
export function isPast(state: ExamState, wanted: ExamState): boolean {
  return state !== 'cancelled' && EXAM_STATES.indexOf(state) >= EXAM_STATES.indexOf(wanted);
}

/** Why a sealed exam is cancelled; a code, because free text has no place in the ledger. */
export const CANCEL_REASONS = ['postponed', 'made-again', 'paper-known', 'not-needed'] as const;
export const CancelReason = Type.Union(CANCEL_REASONS.map((reason) => Type.Literal(reason)));
export type CancelReason = Static<typeof CancelReason>;

/** Who a candidate is: the JSON in `candidates.person`, sealed under the line `identity`. */
export const CandidatePerson = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 200 }),
    class: Type.Optional(Type.String({ maxLength: 100 })),
    /** `YYYY-MM-DD`. */
    birthDate: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
    studentCode: Type.Optional(Type.String({ maxLength: 100 })),
    extraTime: Type.Optional(ExtraTime),
  },
  closed,
);
export type CandidatePerson = Static<typeof CandidatePerson>;

/** Which item a view box holds and what its tokens stand for: the JSON list in `pools.map`. */
export const PoolMapEntry = Type.Object(
  {
    address: ViewAddress,
    item: Id,
    version: Type.Integer({ minimum: 1 }),
    tokens: Type.Record(PartToken, PartId),
    /** Address of each of its recordings in this sitting → its id in the bank. */
    media: Type.Optional(Type.Record(ViewAddress, Id)),
  },
  closed,
);
export type PoolMapEntry = Static<typeof PoolMapEntry>;

/** What ties a person to a seat. */
export interface SeatOf {
  _id: string;
  attempt: string;
  number: string;
}

/**
 * Sealed JSON of `candidates.person` (line `identity`). Attempt and number are part of it, so that nobody gets
 * another's paper or marks because the database was changed.
 */
export function candidatePersonContext(tenant: string, { _id, attempt, number }: SeatOf): BoxContext {
  return { type: 'candidate', tenant, object: _id, version: 1, field: `person/${attempt}/${number}` };
}

/** Sealed access code of `candidates.code`, UTF-8 text (line `exam/<id>/codes`). */
export function accessCodeContext(tenant: string, candidate: string): BoxContext {
  return { type: 'candidate', tenant, object: candidate, version: 1, field: 'code' };
}

/** Sealed JSON `{ r, salt }` of `exams.seed`, hexadecimal (line `exam/<id>/marking`). */
export function examSeedContext(tenant: string, exam: string): BoxContext {
  return { type: 'exam', tenant, object: exam, version: 1, field: 'seed' };
}

/** Sealed 32 bytes of `exams.paperKey` (line `exam/<id>/paper`). */
export function examKeyContext(tenant: string, exam: string): BoxContext {
  return { type: 'exam', tenant, object: exam, version: 1, field: 'paper-key' };
}

/** When an exam is written. */
export interface WritingTimes {
  startsAt: Date;
  endsAt: Date;
}

/**
 * Sealed 32 bytes of `exams.openKey` (line `exam/<id>/paper`): the paper key from the start on. The times are part of
 * it, so that nobody opens papers early or moves the end because the database was changed.
 */
export function examOpenKeyContext(
  tenant: string,
  exam: string,
  { startsAt, endsAt }: WritingTimes,
): BoxContext {
  const field = `open-key/${startsAt.getTime()}/${endsAt.getTime()}`;
  return { type: 'exam', tenant, object: exam, version: 1, field };
}

/** Sealed JSON list of `PoolMapEntry` in `pools.map` (line `exam/<id>/marking`). */
export function poolMapContext(tenant: string, exam: string): BoxContext {
  return { type: 'pool', tenant, object: exam, version: 1, field: 'map' };
}

/** Sealed JSON `{ certificate, forms? }` in `pools.certified` (line `exam/<id>/marking`). */
export function certifiedContext(tenant: string, exam: string): BoxContext {
  return { type: 'pool', tenant, object: exam, version: 1, field: 'certified' };
}

/** Sealed JSON list of `[item, papers]` in `itemUses.papers` (line `exam/<id>/marking`). */
export function itemUsesContext(tenant: string, exam: string): BoxContext {
  return { type: 'pool', tenant, object: exam, version: 1, field: 'uses' };
}

/** Sealed JSON of the assembled paper in `papers.paper` (line `exam/<id>/marking`). */
export function paperContext(tenant: string, attempt: string): BoxContext {
  return { type: 'paper', tenant, object: attempt, version: 1, field: 'paper' };
}
