import type { JournalRecord, Position, Pressure } from '../journal.ts';
import { Unavailable } from '../store.ts';
import { encodeRecord, type EncodedRecord } from './record-codec.ts';

/** Writes one batch and resolves with the position of its first record once it is on disk. */
export type Flush = (records: readonly EncodedRecord[]) => Promise<Position>;

export interface GroupCommitOptions {
  flush: Flush;
  /** Bytes of one batch at most; an append is never larger than a batch. */
  batchBytes: number;
  /** Bytes that may wait for a flush. */
  queueBytes: number;
  /** Milliseconds that lie at least between the starts of two flushes. */
  floorMs: number;
  /** Milliseconds by a clock that never goes back. */
  now(): number;
  /** Waits so many of these milliseconds, or a little less. */
  rest(ms: number): Promise<unknown>;
  /** Told once, when a flush has failed. */
  onFailure?(error: Unavailable): void;
}

/** So many records in one flush come from a crowd: then fewer, larger flushes save it more than they keep it waiting. */
const CROWD = 16;
const FLOORS_OF_A_CROWD = 4;

/** Appends that are flushed together. One promise serves them all: of a crowd, most of what waits would be promises. */
interface Group {
  records: EncodedRecord[];
  bytes: number;
  /** Since when its oldest record waits. */
  since: number;
  /** Position of its first record, once it is on disk. */
  durable: Promise<Position>;
  resolve(first: Position): void;
  reject(error: Error): void;
}

/**
 * Collects appends while a flush is under way and writes them together in the next one. The records of one append
 * always lie in one batch. After a failed flush nothing is accepted any more: what the disk then holds is unknown.
 */
export function createGroupCommit(options: GroupCommitOptions) {
  const { flush, batchBytes, queueBytes, floorMs, now, rest, onFailure } = options;
  /** Oldest first. */
  const queue: Group[] = [];
  let flushing: Group | null = null;
  let waitingBytes = 0;
  let waitingRecords = 0;
  let lastStart = -Infinity;
  let lastCount = 0;
  let refusal: Unavailable | null = null;
  let drained: Promise<void> | null = null;

  async function drain(): Promise<void> {
    await new Promise(setImmediate);
    while (queue.length > 0) {
      await restUntilFloor();
      flushing = queue.shift() ?? null;
      if (flushing) await flushGroup(flushing);
      flushing = null;
    }
    drained = null;
  }

  async function restUntilFloor(): Promise<void> {
    const due = lastStart + (lastCount < CROWD ? floorMs : floorMs * FLOORS_OF_A_CROWD);
    for (let early = due - now(); early > 0; early = due - now()) await rest(early);
    lastStart = now();
  }

  async function flushGroup(group: Group): Promise<void> {
    waitingBytes -= group.bytes;
    lastCount = group.records.length;
    try {
      group.resolve(await flush(group.records));
      waitingRecords -= lastCount;
    } catch (error) {
      fail(group, error);
    }
  }

  function fail(group: Group, cause: unknown): void {
    const failure = new Unavailable(
      'The journal could not be written; no answer is accepted until a restart.',
      { cause },
    );
    refusal = failure;
    for (const waiting of [group, ...queue.splice(0)]) waiting.reject(failure);
    waitingRecords = 0;
    onFailure?.(failure);
  }

  /** The group that the next append goes into. */
  function groupFor(bytes: number): Group {
    const youngest = queue.at(-1);
    if (youngest && youngest.bytes + bytes <= batchBytes) return youngest;
    const group = newGroup(now());
    queue.push(group);
    return group;
  }

  return {
    append(records: readonly JournalRecord[]): Promise<Position[]> {
      if (refusal) return Promise.reject(refusal);
      if (records.length === 0) return Promise.resolve([]);
      const encoded = records.map(encodeRecord);
      let bytes = 0;
      for (const record of encoded) bytes += record.bytes;
      if (bytes > batchBytes) {
        return Promise.reject(new RangeError(`one append holds at most ${batchBytes} bytes`));
      }
      if (waitingBytes + bytes > queueBytes) {
        return Promise.reject(
          new Unavailable('Too much is waiting to be written. Send it again in a moment.'),
        );
      }
      const group = groupFor(bytes);
      const place = group.records.length;
      const count = encoded.length;
      group.records.push(...encoded);
      group.bytes += bytes;
      waitingBytes += bytes;
      waitingRecords += count;
      drained ??= drain();
      return group.durable.then((first) => positionsFrom(first + place, count));
    },
    pressure(): Pressure {
      const oldest = flushing ?? queue[0];
      return { queued: waitingRecords, oldestMs: oldest && waitingRecords > 0 ? now() - oldest.since : 0 };
    },
    /** Refuses further appends and waits for those accepted before. */
    async stop(message: string): Promise<void> {
      refusal ??= new Unavailable(message);
      await drained;
    },
  };
}

function newGroup(since: number): Group {
  let resolve: Group['resolve'] = () => undefined;
  let reject: Group['reject'] = () => undefined;
  const durable = new Promise<Position>((resolved, rejected) => {
    resolve = resolved;
    reject = rejected;
  });
  return { records: [], bytes: 0, since, durable, resolve, reject };
}

function positionsFrom(first: Position, count: number): Position[] {
  if (count === 1) return [first];
  return Array.from({ length: count }, (_, index) => first + index);
}
