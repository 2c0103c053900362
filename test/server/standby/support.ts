import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import type { ExamProfile } from '#bank/protocol';
import {
  createStandby,
  openReplicated,
  type Fresh,
  type Journal,
  type JournalRecord,
  type PeerFiles,
  type Position,
  type ReplicatedStorage,
  type Sealed,
  type SegmentKeys,
  type Store,
  type Write,
} from '#server/storage';
import { examRecord } from '../../support/exam-records.ts';
import type { StandbyState } from '../../../server/storage/standby/agreement.ts';
import { claimPrimary } from '../../../server/storage/standby/index.ts';

export const VERSION = 'test';

const SEALED: Sealed = { kid: 'none', key: Buffer.alloc(1), box: Buffer.alloc(1) };

export function pathsIn(dataDir: string) {
  return { store: join(dataDir, 'store'), journal: join(dataDir, 'journal') };
}

/** A sealed exam of this profile, as far as a store looks at it. */
export function sealedExam(_id: string, profile: ExamProfile): Fresh<'exams'> {
  return examRecord({
    _id,
    profile,
    state: 'sealed',
    seed: SEALED,
    candidateCount: 1,
    createdAt: new Date(),
  });
}

/** An answer sheet of this exam. */
export function sheetWrite(exam: string, attempt: string): Write {
  const doc = { _id: `${attempt}-1`, exam, attempt, version: 1, generation: exam, sheet: SEALED };
  return { op: 'insert', in: 'sheets', doc };
}

/** A mark for an essay of this exam. */
export function essayMarkWrite(exam: string, attempt: string): Write {
  return { op: 'insert', in: 'essayMarks', doc: { _id: `${attempt}.0`, exam, mark: SEALED } };
}

export interface Primary {
  storage: ReplicatedStorage;
  journal: Journal;
  /** Appends, and waits for both disks, as for an exam that demands it. */
  appendOnBoth(record: JournalRecord): Promise<Position[]>;
  /** Why the standby was lost; null whenever it was in step again. */
  changes: (Error | null)[];
  /** Resolves when there is a change that the last call has not seen. */
  changed(): Promise<void>;
  /** Terms by which it has learnt that it was superseded. */
  superseded: number[];
  /** Resolves when the standby is in this state. */
  until(state: StandbyState): Promise<void>;
  close(): Promise<void>;
}

/** Keys that lie in the store of a folder. */
export type KeysIn = (store: Store) => Promise<SegmentKeys>;

interface PrimaryOptions {
  dataDir: string;
  keys: SegmentKeys | KeysIn;
  /** How the standby is reached. */
  dial(): Promise<Duplex>;
  /** Whether to wait until the standby is in step; true when not given. */
  waits?: boolean;
  version?: string;
  patienceMs?: number;
  onChange?(reason: Error | null): void;
}

/** A server's storage on a folder, with a standby; closed when the test ends. */
export async function openPrimary(options: PrimaryOptions): Promise<Primary> {
  const { dataDir, waits = true, version = VERSION } = options;
  const succession = await claimPrimary(dataDir, { hasStandby: true });
  const changes: (Error | null)[] = [];
  let onChanged: () => void = () => undefined;
  const superseded: number[] = [];
  const storage = await openReplicated(pathsIn(dataDir), {
    peer: 'the standby',
    installation: succession?.installation ?? '',
    term: succession?.term ?? 0,
    version,
    retryMs: 10,
    ...(options.patienceMs && { patienceMs: options.patienceMs }),
    dial: options.dial,
    async onSuperseded(term) {
      superseded.push(term);
      return new Error('superseded');
    },
    onChange(reason) {
      changes.push(reason);
      onChanged();
      options.onChange?.(reason);
    },
  });
  const keys = typeof options.keys === 'function' ? await options.keys(storage.store) : options.keys;
  const journal = await storage.openJournal({ keys, segmentBytes: 65_536, flushFloorMs: 0 });
  let closed: Promise<void> | null = null;
  const close = () =>
    (closed ??= (async () => {
      await journal.close();
      await storage.close();
      await storage.store.close();
    })());
  onTestFinished(close);
  storage.start();
  let seen = 0;
  async function changed(): Promise<void> {
    if (changes.length === seen) await new Promise<void>((resolve) => (onChanged = resolve));
    seen = changes.length;
  }
  async function until(state: StandbyState): Promise<void> {
    while (storage.state() !== state) await changed();
  }
  if (waits) await until('in-step');
  async function appendOnBoth(record: JournalRecord): Promise<Position[]> {
    const positions = await journal.append([record]);
    await storage.caughtUp();
    return positions;
  }
  return { storage, journal, appendOnBoth, changes, changed, superseded, until, close };
}

/** A standby in this process; closed when the test ends. */
export async function openStandby(dataDir: string, files: PeerFiles, port = 0) {
  const events: string[] = [];
  const standby = await createStandby({
    listen: { host: '127.0.0.1', port },
    files,
    dataDir,
    paths: pathsIn(dataDir),
    version: VERSION,
    onEvent: (event, reason) => events.push(reason ? `${event}: ${reason.message}` : event),
  });
  let closed: Promise<void> | null = null;
  const close = () => (closed ??= standby.close());
  onTestFinished(close);
  const address = { host: '127.0.0.1', port: Number(standby.address.split(':').at(-1)) };
  return { address, events, failed: standby.failed, close };
}
