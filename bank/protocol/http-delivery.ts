import { Type, type Static } from '@sinclair/typebox';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { ViewAddress } from './paper.ts';
import { Response } from './response.ts';
import { CANDIDATE_PHASES } from './socket.ts';
import { TimeChange } from './time-changes.ts';
import { Instant } from './wire-values.ts';

const closed = { additionalProperties: false };
const Base64 = Type.String({ pattern: '^[A-Za-z0-9+/]*={0,2}$' });

export const Ticket = Type.Object({ ticket: Type.String({ pattern: '^[A-Za-z0-9_-]{22}$' }) }, closed);
export type Ticket = Static<typeof Ticket>;

const ReceiptProof = Type.Object({ jws: Type.String(), salt: Type.String() }, closed);

/** `SectionWord` of socket.ts. */
export const SectionState = Type.Object(
  {
    number: Type.Integer({ minimum: 0 }),
    count: Type.Integer({ minimum: 1 }),
    endsAt: Type.Optional(Instant),
    left: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  closed,
);

/** `StateWord` of socket.ts. */
const word = {
  state: Type.Union(CANDIDATE_PHASES.map((phase) => Type.Literal(phase))),
  now: Instant,
  startsAt: Type.Optional(Instant),
  endsAt: Type.Optional(Instant),
  left: Type.Optional(Type.Integer({ minimum: 0 })),
  because: Type.Optional(Type.Array(TimeChange)),
  section: Type.Optional(SectionState),
  sectionKey: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })),
  receipt: Type.Optional(Type.String()),
  proof: Type.Optional(ReceiptProof),
};

/** What a candidate's page shows of its owner, with where the attempt stands (`StateWord` in socket.ts). */
export const CandidateMe = Type.Object(
  {
    exam: Id,
    attempt: Id,
    title: Type.String(),
    name: Type.String(),
    number: Type.String(),
    /** Code of the form, where candidates share forms. */
    form: Type.Optional(Type.String()),
    durationSeconds: Type.Integer({ minimum: 1 }),
    /** A page that waits comes back at a moment of its own within so many milliseconds. */
    spreadMs: Type.Integer({ minimum: 0 }),
    language: Type.Union([Type.Literal('vi'), Type.Literal('en')]),
    ...word,
  },
  closed,
);
export type CandidateMe = Static<typeof CandidateMe>;

/** Answer of `/candidate/me`. Null when no candidate is signed in: a page may ask that of anybody, so it is no refusal. */
export const CandidateCaller = Type.Union([CandidateMe, Type.Null()]);
export type CandidateCaller = Static<typeof CandidateCaller>;

const Whole = Type.Integer({ minimum: 0 });
const Refusal = Type.Object(
  {
    ok: Type.Literal(false),
    code: Type.String(),
    values: Type.Optional(Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()]))),
  },
  closed,
);

/** `JoinReply`, `SaveReply`, `ChunkReply`, `SubmitReply`, `NextReply` and `PlayReply` of socket.ts, as they come over HTTP. */
export const JoinAnswer = Type.Union([
  Type.Object(
    {
      ok: Type.Literal(true),
      ...word,
      epoch: Whole,
      nextSeq: Whole,
      watermark: Whole,
      answers: Type.Array(Type.Object({ slot: Whole, seq: Whole, response: Response }, closed)),
    },
    closed,
  ),
  Refusal,
]);
export const SaveAnswer = Type.Union([
  Type.Object(
    { ok: Type.Literal(true), watermark: Whole, at: Instant, slow: Type.Optional(Type.Literal(true)) },
    closed,
  ),
  Refusal,
]);
export const ChunkAnswer = Type.Union([
  Type.Object({ ok: Type.Literal(true), at: Instant }, closed),
  Refusal,
]);
export const SubmitAnswer = Type.Union([
  Type.Object({ ok: Type.Literal(true), receipt: Type.String(), proof: ReceiptProof }, closed),
  Refusal,
]);

export const NextAnswer = Type.Union([Type.Object({ ok: Type.Literal(true), ...word }, closed), Refusal]);

export const PlayAnswer = Type.Union([
  Type.Object(
    {
      ok: Type.Literal(true),
      number: Whole,
      play: Type.Optional(Id),
      offset: Type.Optional(Whole),
      key: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })),
    },
    closed,
  ),
  Refusal,
]);

/** Public keys as a JWK set (RFC 7517). */
export const KeySet = Type.Object({ keys: Type.Array(Type.Record(Type.String(), Type.Unknown())) }, closed);

/**
 * A sealed paper without its view boxes: it opens with the section keys and nothing else, so it may travel days ahead.
 */
export const SealedPaper = Type.Object(
  {
    tenant: Type.String(),
    exam: Id,
    attempt: Id,
    /** Box of the index, in an exam with sections that of the first one. */
    index: Base64,
    /** Index boxes of the later sections, in order. */
    later: Type.Optional(Type.Array(Base64, { maxItems: LIMITS.partsPerPaper - 1 })),
    /** Where its view boxes lie, sorted: which question is where does not follow from it. */
    addresses: Type.Array(ViewAddress, { maxItems: LIMITS.slotsPerPaper }),
    /** Where the pieces of its recordings lie, sorted; absent where it has none. */
    media: Type.Optional(Type.Array(ViewAddress)),
  },
  closed,
);
export type SealedPaper = Static<typeof SealedPaper>;

/** A sealed paper with those of its view boxes that have been fetched, by address. */
export interface FetchedPaper extends SealedPaper {
  boxes: Map<string, Uint8Array>;
}

export const ViewBoxPath = Type.Object({ address: ViewAddress }, closed);
