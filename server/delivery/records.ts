import type {
  Chunk,
  EndReason,
  HeldCode,
  Outage,
  PlayEntry,
  ReceiptProof,
  Response,
  Summary,
  TimeChange,
  TimeReason,
} from '#bank/protocol';
import type { JournalRecord, PositionedRecord } from '#server/storage';

export interface Receipt {
  /** Twelve characters of Crockford's base 32. */
  code: string;
  proof: ReceiptProof;
}

/** Whose attempt it is; every transition carries it, so that the record can be read without the Store. */
export interface Whose {
  exam: string;
  candidate: string;
}

export interface AnswerData {
  epoch: number;
  seq: number;
  slot: number;
  response: Response | Summary;
}

/** A decision of a member of staff (`by`: the id), signed. */
export interface Decided {
  decision: string;
  by: string;
  jws: string;
}

/**
 * Everything that the journal keeps of an attempt, by record type.
 * `lease`: a device took the attempt; `device` is a hash, `voided` the ranges of `seq` that will never come.
 * `section`: the section of this number (from 0) began, at the `from` from which its time runs; the one before it is over.
 * `line`: the server lost the line to the device, or has it back.
 * `time`, `pause`, `resume`, `terminate`: a named person decided it.
 * `chunk`: a piece of an answer that is not on the record yet; the record of the answer has its summary, and comes later.
 * `play`: a recording is played; its key was given after this.
 * `late`: an answer that came too late or from a device without the lease, held for a decision.
 */
interface RecordData {
  lease: { epoch: number; device: string; voided: [number, number][] };
  start: Whose;
  section: Whose & { number: number; from: number; by: 'time' | 'candidate' };
  line: Whose & ({ is: 'lost'; from: number; cause: Outage['cause'] } | { is: 'back' });
  time: Whose & { change: TimeChange; by: string; jws: string };
  pause: Whose & Decided & { reason: TimeReason };
  resume: Whose & Decided;
  answer: AnswerData;
  chunk: Chunk;
  late: AnswerData & { reason: HeldCode };
  play: Pick<PlayEntry, 'media' | 'play' | 'number'>;
  submit: Whose & { lastSeq: number; receipt: Receipt };
  /**
   * `lost`: since when there was no line at the end; null when there was one. `decided`: the policy of this name closed
   * it, because its clock was stopped and never started again.
   */
  close: Whose & {
    receipt: Receipt | null;
    lost: Pick<Outage, 'from' | 'cause'> | null;
    decided?: { policy: string; jws: string };
  };
  terminate: Whose & Decided & { reason: EndReason; receipt: Receipt | null };
  /** `by`: the attempt that takes its place. */
  supersede: Whose & { by: string };
}
type RecordType = keyof RecordData;

/** A record before it has a position. */
export type AttemptRecord = {
  [T in RecordType]: { attempt: string; type: T; at: number; data: RecordData[T]; json?: string };
}[RecordType];

const TYPES = new Set<string>([
  'lease',
  'start',
  'section',
  'line',
  'time',
  'pause',
  'resume',
  'answer',
  'chunk',
  'late',
  'play',
  'submit',
  'close',
  'terminate',
  'supersede',
] satisfies RecordType[]);

/**
 * Gives a record from the journal its type. Its content was authenticated by the journal and written by this module.
 *
 * @throws when a newer version of the program has written a type that this one does not know
 */
export function readRecord<R extends JournalRecord | PositionedRecord>(record: R): R & AttemptRecord {
  if (!TYPES.has(record.type)) throw new Error(`unknown journal record type: ${record.type}`);
  return record as R & AttemptRecord;
}
