import { setTimeout as pause } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { JournalDocuments } from '../models/journal.ts';
import { Conflict, Duplicate, Unavailable, type Stored } from '../store.ts';
import { FIRST, type Chain, type JournalStore } from './document.ts';
import { Overtaken } from './overtaken.ts';
import type { Patience } from './patience.ts';

type StreamDocument = Stored<'journalStreams', JournalDocuments>;

export interface LeaseOptions {
  store: JournalStore;
  stream: string;
  /** Random name of this taking over. */
  writer: string;
  holder: string;
  /** A writer that has changed nothing for so long is taken to be gone. */
  leaseMs: number;
  patience: Patience;
  /** Told once when another writer has the stream. */
  onWaiting(holder: string): void;
}

/** The right to write to a stream, as far as courtesy goes; what is acknowledged is guarded by the fence alone. */
export interface Lease {
  /** Where what is not retired begins. */
  base(): Chain;
  /**
   * Shows that this writer lives, and that nobody has taken the stream since `takeLease`.
   *
   * @throws Overtaken when somebody has
   */
  renew(): Promise<void>;
  /** Moves the base forward; throws as `renew` does. */
  moveBase(base: Chain): Promise<void>;
  /** Lets the next server begin at once. Never throws: a lease that is not given back runs out. */
  release(): Promise<void>;
}

/**
 * Waits until the stream is free and takes it. It is free when its writer gave it back, or when its document has not
 * changed for `leaseMs` between two readings by this process's own monotonic clock: no clocks of two computers are
 * compared, and a time in which the database could not be read does not count, since the writer could not write then
 * either. Taking is a replacement of exactly the version that was seen, so of two takers one gets it.
 */
export async function takeLease(options: LeaseOptions): Promise<Lease> {
  const { store, stream, writer, leaseMs } = options;
  const seen = { version: 0, since: 0 };
  let told = false;
  for (;;) {
    try {
      const current = await store.get('journalStreams', stream);
      if (current?.writer === writer) return createLease(options, current);
      if (current && current.v !== seen.version) {
        seen.version = current.v;
        seen.since = performance.now();
      }
      if (!current || current.writer === '' || performance.now() - seen.since >= leaseMs) {
        await store.commit([claim(options, current)]);
        continue;
      }
      if (!told) options.onWaiting(current.holder);
      told = true;
    } catch (error) {
      if (error instanceof Unavailable) seen.version = 0;
      else if (!(error instanceof Conflict || error instanceof Duplicate)) throw error;
    }
    await pause(leaseMs / 20);
  }
}

function claim({ stream, writer, holder }: LeaseOptions, current: StreamDocument | null) {
  if (current) return replacement(current, { writer, holder });
  const doc = { _id: stream, writer, holder, ...baseFields(FIRST) };
  return { op: 'insert', in: 'journalStreams', doc } as const;
}

function createLease({ store, stream, writer, patience }: LeaseOptions, taken: StreamDocument): Lease {
  let known = taken;
  const turn = pLimit(1);

  /** A conflict with an own change whose outcome was not heard is no loss: nobody else ever writes this writer. */
  async function change(fields: Partial<StreamDocument>): Promise<void> {
    for (;;) {
      try {
        await store.commit([replacement(known, fields)]);
        known = { ...known, ...fields, v: known.v + 1 };
        return;
      } catch (error) {
        if (!(error instanceof Conflict)) throw error;
        const current = await store.get('journalStreams', stream);
        if (current?.writer !== writer) throw new Overtaken();
        known = current;
      }
    }
  }

  return {
    base: () => ({ batch: known.firstBatch, position: known.firstPosition, hash: known.previousHash }),
    renew: () => turn(() => change({})),
    moveBase: (base) => turn(() => patience(() => change(baseFields(base)))),
    release: () => turn(() => change({ writer: '' })).catch(() => undefined),
  };
}

function replacement(current: StreamDocument, fields: Partial<StreamDocument>) {
  const { v, ...kept } = current;
  return { op: 'replace', in: 'journalStreams', doc: { ...kept, ...fields }, ifVersion: v } as const;
}

function baseFields({ batch, position, hash }: Chain) {
  return { firstBatch: batch, firstPosition: position, previousHash: hash };
}
