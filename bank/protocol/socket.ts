import { Type, type Static } from '@sinclair/typebox';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { ViewAddress } from './paper.ts';
import { EssayDigest, Response, Summary } from './response.ts';
import type { TimeChange } from './time-changes.ts';

const closed = { additionalProperties: false };

/** Where a candidate's page connects; the ticket travels in `auth`, never in the address. */
export const CANDIDATE_NAMESPACE = '/candidate';
export const SOCKET_PATH = '/socket.io';

/**
 * `admitted`: has a seat, no device has come. `waiting`: a device is there, the exam has not begun. `disconnected`:
 * running without a line. `terminated`: ended by a proctor. `superseded`: another attempt takes its place.
 */
export const ATTEMPT_PHASES = [
  'admitted',
  'waiting',
  'running',
  'paused',
  'disconnected',
  'submitted',
  'closed',
  'terminated',
  'superseded',
] as const;
export type AttemptPhase = (typeof ATTEMPT_PHASES)[number];

/** What a candidate is told of it: whoever can ask has a device and a line. */
export const CANDIDATE_PHASES = [
  'waiting',
  'running',
  'paused',
  'submitted',
  'closed',
  'terminated',
] as const satisfies readonly AttemptPhase[];
export type CandidatePhase = (typeof CANDIDATE_PHASES)[number];

const Epoch = Type.Integer({ minimum: 1, maximum: 1_000_000 });
const Seq = Type.Integer({ minimum: 1, maximum: LIMITS.sequencePerAttempt });

/** Takes the attempt over for this device; the same device goes on with its epoch. */
export const Join = Type.Object({ device: Type.String({ pattern: '^[\\w.:-]{1,64}$' }) }, closed);
export type Join = Static<typeof Join>;

/** Behind the slots of a paper with branches there is one more: the choice of a branch. */
const Slot = Type.Integer({ minimum: 0, maximum: LIMITS.slotsPerPaper });

/** One answer in the order in which it was entered: `slot` counts from 0, `seq` from what `join` said. */
export const SaveEntry = Type.Object({ seq: Seq, slot: Slot, response: Response }, closed);
export type SaveEntry = Static<typeof SaveEntry>;

/** An answer on its way: a summary says that its chunks have been sent before. */
export const SentEntry = Type.Object(
  { ...SaveEntry.properties, response: Type.Union([Response, Summary]) },
  closed,
);
export type SentEntry = Static<typeof SentEntry>;

export const Save = Type.Object(
  { epoch: Epoch, entries: Type.Array(SentEntry, { minItems: 1, maxItems: LIMITS.entriesPerSave }) },
  closed,
);
export type Save = Static<typeof Save>;

/**
 * A piece of the text of the answer with this `seq`, cut between characters; `count`, `bytes` and `hash` are of the
 * whole answer. Pieces may come in any order, and again.
 */
export const Chunk = Type.Object(
  {
    epoch: Epoch,
    seq: Seq,
    slot: Slot,
    index: Type.Integer({ minimum: 0, maximum: LIMITS.chunksPerAnswer - 1 }),
    ...EssayDigest.properties,
    text: Type.String({ minLength: 1, maxLength: LIMITS.chunkCharacters }),
  },
  closed,
);
export type Chunk = Static<typeof Chunk>;

/** Hands in; `lastSeq` is the last `seq` that this device gave out, 0 when it gave none. */
export const Submit = Type.Object(
  { epoch: Epoch, lastSeq: Type.Integer({ minimum: 0, maximum: LIMITS.sequencePerAttempt }) },
  closed,
);
export type Submit = Static<typeof Submit>;

/** Leaves a section (counted from 0) for good; `lastSeq` as at the hand-in. Repeating it changes nothing. */
export const LeaveSection = Type.Object(
  { ...Submit.properties, section: Type.Integer({ minimum: 0, maximum: LIMITS.partsPerPaper - 1 }) },
  closed,
);
export type LeaveSection = Static<typeof LeaveSection>;

/**
 * Asks for the key of a recording, to play it: `play` is a name that the page makes for each play, and says again when no
 * answer came; `resume` goes on with one that was broken off. Without `play` it only asks how the recording stands.
 */
export const Play = Type.Object(
  {
    epoch: Epoch,
    media: ViewAddress,
    play: Type.Optional(Id),
    resume: Type.Optional(Type.Literal(true)),
  },
  closed,
);
export type Play = Static<typeof Play>;

/** The events that a candidate may send, each with the schema of its body. Any other event disconnects. */
export const CANDIDATE_EVENTS = {
  join: Join,
  save: Save,
  chunk: Chunk,
  submit: Submit,
  next: LeaveSection,
  play: Play,
} as const;
export type CandidateEvent = keyof typeof CANDIDATE_EVENTS;

/**
 * What a candidate keeps of the hand-in. `jws` is signed with EdDSA and checked offline against `GET
 * /api/v1/receipt-keys`; with `salt` (base64url) its root can be recomputed from the answers.
 */
export interface ReceiptProof {
  jws: string;
  salt: string;
}

/** The section that is written now, in an exam whose parts are sections. */
export interface SectionWord {
  /** Counts from 0. */
  number: number;
  count: number;
  /** Not while the attempt is paused. */
  endsAt?: number;
  /** Milliseconds that it still has when the pause ends. */
  left?: number;
}

/** Event `state`, and part of other answers: where the attempt stands. Times are milliseconds since 1970, UTC. */
export interface StateWord {
  state: CandidatePhase;
  /** Server time. */
  now: number;
  startsAt?: number;
  /** Not while the attempt is paused. */
  endsAt?: number;
  /** Milliseconds of writing time that a paused attempt still has. */
  left?: number;
  /** Why it ends then and not with its exam, in the order of the decisions. */
  because?: TimeChange[];
  /** Only in an exam with sections, from the start on. */
  section?: SectionWord;
  /** 32 bytes, base64url; only while the attempt is running, and only that of the section that is written now. */
  sectionKey?: string;
  /** Twelve characters of Crockford's base 32, to be copied by hand. */
  receipt?: string;
  proof?: ReceiptProof;
}

export interface Refused {
  ok: false;
  code: string;
  values?: Record<string, string | number>;
}

export interface Joined extends StateWord {
  ok: true;
  epoch: number;
  /** The `seq` for the next new answer of this device. */
  nextSeq: number;
  /** Every `seq` up to this one is durable, or voided because its device is gone. */
  watermark: number;
  /** The latest answer of each answered slot. */
  answers: { slot: number; seq: number; response: Response }[];
}

export interface Saved {
  ok: true;
  watermark: number;
  at: number;
  /** The disk is behind: what the page has next should come in fewer, larger messages. */
  slow?: true;
}

/** The chunk is durable; its answer is not acknowledged by this. */
export interface ChunkKept {
  ok: true;
  at: number;
}

export interface Submitted {
  ok: true;
  receipt: string;
  proof: ReceiptProof;
}

/** The word has the next section and its key. */
export interface SectionLeft extends StateWord {
  ok: true;
}

export interface Played {
  ok: true;
  /** How often it has been played, this time included. */
  number: number;
  /** The play that runs; absent when none does. */
  play?: string;
  /** Milliseconds of it that are over. */
  offset?: number;
  /** 32 bytes, base64url; only where a play was asked for. */
  key?: string;
}

export type JoinReply = Joined | Refused;
export type SaveReply = Saved | Refused;
export type ChunkReply = ChunkKept | Refused;
export type SubmitReply = Submitted | Refused;
export type NextReply = SectionLeft | Refused;
export type PlayReply = Played | Refused;

/** Server → client. `superseded`: another connection has this attempt now. `bye`: the server is going to restart. */
export interface CandidatePushes {
  state(word: StateWord): void;
  superseded(): void;
  bye(message: { reason: 'restart' }): void;
}
