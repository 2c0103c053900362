import { Type, type Static } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';

/** What primary and standby say to each other; a change of any of it is a new number. */
export const PROTOCOL = 1;

const closed = { additionalProperties: false };
const Count = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' });
const Name = Type.String({ pattern: '^\\d{10}\\.segment$' });
const Id = Type.String({ pattern: '^[\\w-]{1,64}$' });
const Collection = Type.String({ pattern: '^\\w{1,64}$' });

/** How far a standby has come. Hashes tell whether it is the same history, not only as long. */
const Position = Type.Object(
  {
    t: Type.Literal('state'),
    term: Count,
    /** Null when it holds no batch and no segment. */
    journal: Type.Union([Type.Object({ batch: Count, hash: Hash, segment: Name }, closed), Type.Null()]),
    /** Null when it holds no whole copy of the Store. */
    store: Type.Union([Type.Object({ log: Id, seq: Count, hash: Hash }, closed), Type.Null()]),
  },
  closed,
);
export type StandbyPosition = Static<typeof Position>;

/** What a primary sends; bytes go in the parts of the frame. Each message is answered before the next is sent. */
const ToStandby = Type.Union([
  Type.Object(
    { t: Type.Literal('hello'), protocol: Count, installation: Id, term: Count, version: Type.String() },
    closed,
  ),
  /** Segments before this one were retired. */
  Type.Object({ t: Type.Literal('retire'), oldest: Name }, closed),
  /** A new segment file of so many bytes; part: its header. */
  Type.Object({ t: Type.Literal('segment'), name: Name, bytes: Count }, closed),
  /** Part: whole batches as they lie in the newest segment file, one after the other. */
  Type.Object({ t: Type.Literal('batches') }, closed),
  /** Parts: commits of the Store after number `seq`, whose hash is `previous`. */
  Type.Object({ t: Type.Literal('commits'), log: Id, seq: Count, previous: Hash }, closed),
  /** A whole copy of the Store begins. */
  Type.Object({ t: Type.Literal('copy') }, closed),
  /** Parts: documents of one collection. */
  Type.Object({ t: Type.Literal('documents'), in: Collection }, closed),
  /** The copy is whole and stands for the commits up to here; it takes the place of the one before. */
  Type.Object({ t: Type.Literal('copied'), log: Id, seq: Count, hash: Hash }, closed),
  Type.Object({ t: Type.Literal('ping') }, closed),
]);

/** Why a standby takes nothing from this primary. */
export const RefusalCode = Type.Union([
  /** It has seen a newer primary: a standby of this installation was promoted. */
  Type.Literal('superseded'),
  Type.Literal('other-installation'),
  Type.Literal('other-version'),
  /** What was sent does not follow what it has. */
  Type.Literal('does-not-follow'),
]);
export type RefusalCode = Static<typeof RefusalCode>;

const ToPrimary = Type.Union([
  Position,
  /** What was asked is done, and on the standby's disk. */
  Type.Object({ t: Type.Literal('done') }, closed),
  Type.Object({ t: Type.Literal('refuse'), code: RefusalCode, term: Count }, closed),
]);

const MESSAGES = { standby: ToStandby, primary: ToPrimary };
export type ToStandby = Static<typeof ToStandby>;
export type ToPrimary = Static<typeof ToPrimary>;

/** The other side does not speak as it should: the connection ends. */
export class ProtocolError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ProtocolError';
  }
}

/** @throws ProtocolError when this is no message for this side */
export function readMessage<Side extends keyof typeof MESSAGES>(
  side: Side,
  json: string,
): Static<(typeof MESSAGES)[Side]> {
  let message: unknown;
  try {
    message = JSON.parse(json);
  } catch {
    throw new ProtocolError('a message is no JSON');
  }
  if (!Value.Check(MESSAGES[side], message)) throw new ProtocolError('a message has an unknown form');
  return message as Static<(typeof MESSAGES)[Side]>;
}
