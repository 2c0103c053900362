import { setTimeout } from 'node:timers/promises';
import pLimit from 'p-limit';
import { all, createGroupCommit, from, type Flush, type SegmentKeys } from '../batches/index.ts';
import { makeFolder, realDisk, type Disk } from '../disk.ts';
import type { Journal } from '../journal.ts';
import type { Unavailable } from '../store.ts';
import { ownFolder } from './folder-owner.ts';
import { SEGMENT_HEADER_BYTES } from './layout.ts';
import { createSegmentLog } from './segment-log.ts';
import { readRecords } from './segment-reader.ts';
import { createSegmentWriter, type SegmentWriter } from './segment-writer.ts';
import type { Follower } from './segment.ts';

interface SegmentJournalOptions {
  /** Folder of the segment files; created when absent. One process owns it. */
  dir: string;
  keys: SegmentKeys;
  /** Size of one segment file, at least 64 KiB; 8 MiB when not given. */
  segmentBytes?: number;
  /** Milliseconds that lie at least between the starts of two flushes; 1 when not given, 0 for none. */
  flushFloorMs?: number;
  /** Bytes that may wait for a flush before appends are refused; 64 MiB when not given. */
  queueBytes?: number;
  /** Has a say in what is acknowledged; nobody when not given. */
  follower?: Follower;
  /** The disk, unless another stands in for it. */
  disk?: JournalDisk;
  /** Told once, when a flush has failed and the journal accepts nothing any more. */
  onFailure?: (error: Unavailable) => void;
}

/** What a journal needs of a disk. */
export interface JournalDisk {
  files: Disk;
  /** Something that writes and flushes, apart from this thread. */
  startWriter(): Promise<SegmentWriter>;
  /** Takes a folder for this process; gives what releases it again. @throws Unavailable when another one has it */
  own(dir: string): Promise<() => Promise<void>>;
}

const REAL_DISK: JournalDisk = { files: realDisk, startWriter: createSegmentWriter, own: ownFolder };
const DEFAULT_SEGMENT_BYTES = 8 * 1024 * 1024;
const DEFAULT_QUEUE_BYTES = 64 * 1024 * 1024;
const SMALLEST_SEGMENT_BYTES = 64 * 1024;
const LARGEST_BATCH_BYTES = 1024 * 1024;
/** What box, batch header and padding may add to the records of a batch. */
const BATCH_OVERHEAD_BYTES = 1024;

/**
 * Journal in segment files of one folder: preallocated, flushed on every write, one AES-256-GCM box per batch under a
 * new random key per segment and per start, batches linked by their hashes (bytes: `layout.ts`).
 *
 * @throws DamagedJournal when the files are not as they were written
 * @throws Unavailable when another process has the folder, or it cannot be written
 */
export async function createSegmentJournal(options: SegmentJournalOptions): Promise<Journal> {
  const { dir, keys, segmentBytes = DEFAULT_SEGMENT_BYTES, disk = REAL_DISK, onFailure } = options;
  const { flushFloorMs = 1, queueBytes = DEFAULT_QUEUE_BYTES, follower } = options;
  if (segmentBytes < SMALLEST_SEGMENT_BYTES) throw new RangeError('a segment has at least 64 KiB');
  const { files, startWriter } = disk;
  await makeFolder(files, dir, { mode: 0o700 });
  const release = await disk.own(dir);
  const log = await createSegmentLog({ dir, disk: files, startWriter, keys, segmentBytes }).catch(
    async (error: unknown) => {
      await release();
      throw error;
    },
  );
  follower?.follow(log.place);
  const exclusive = pLimit(1);
  const write: Flush = (records) => exclusive(() => log.write(records));
  const commits = createGroupCommit({
    flush: follower ? tellingOf(follower, write) : write,
    batchBytes: Math.min(LARGEST_BATCH_BYTES, segmentBytes - SEGMENT_HEADER_BYTES - BATCH_OVERHEAD_BYTES),
    queueBytes,
    floorMs: flushFloorMs,
    now: () => performance.now(),
    rest: setTimeout,
    ...(onFailure && { onFailure }),
  });
  const fence = () => commits.stop('The journal is fenced; another owner goes on.');

  let closed: Promise<void> | null = null;
  async function closeAll(): Promise<void> {
    await fence();
    await exclusive(() => log.close());
    await release();
  }

  return {
    append: commits.append,
    read: (attempt) => all(readRecords(files, log.index.of(attempt), attempt)),
    replay: (position) => from(position, readRecords(files, log.index.from(position))),
    head: log.head,
    pressure: commits.pressure,
    fence,
    retire: (upTo) => exclusive(() => log.retire(upTo)),
    close: () => (closed ??= closeAll()),
  };
}

/** The follower is told of a batch before it is acknowledged, and can prevent that. */
function tellingOf(follower: Follower, write: Flush): Flush {
  return async (records) => {
    const first = await write(records);
    follower.written();
    return first;
  };
}
