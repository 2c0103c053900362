/** What the journal keeps: an opaque record of one attempt. `data` is JSON; the journal encrypts whole batches. */
export interface JournalRecord {
  attempt: string;
  type: string;
  data: unknown;
  /** The same as JSON, from who has it already. */
  json?: string;
  /** Server time in milliseconds since 1970, UTC. */
  at: number;
}

/** Dense position of a record: 1 for the first record ever, one higher for each next. */
export type Position = number;

export interface PositionedRecord extends JournalRecord {
  position: Position;
}

/** How far the disk is behind. */
export interface Pressure {
  /** Records accepted, but not durable yet. */
  queued: number;
  /** Milliseconds for which the oldest of them has been waiting; 0 when there is none. */
  oldestMs: number;
}

/**
 * Where everything lives that happens during an exam. Adapters: SegmentJournal (embedded) and MongoJournal.
 */
export interface Journal {
  /**
   * Resolves with the positions once all records are on disk; concurrent calls share one flush. The records of one
   * call stand next to each other, and after a crash all of them are there or none.
   * Rejects with Unavailable when durability cannot be promised. When too much is waiting, nothing of it was written
   * and the same may be sent again; after a failed write or a fence every further append rejects as well.
   */
  append(records: readonly JournalRecord[]): Promise<Position[]>;
  /** All records of one attempt, in order. */
  read(attempt: string): Promise<PositionedRecord[]>;
  /** All records from this position on, in order, up to the head at the time of the call. */
  replay(from: Position): AsyncIterable<PositionedRecord>;
  /** Position of the last durable record, 0 when there is none. */
  head(): Position;
  pressure(): Pressure;
  /** No further append is accepted; what was accepted before is flushed. */
  fence(): Promise<void>;
  /** Segments that hold nothing above this position are deleted and their keys destroyed. */
  retire(upTo: Position): Promise<void>;
  close(): Promise<void>;
}
