import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { onTestFinished } from 'vitest';
import {
  createStandby,
  openReplicated,
  type Journal,
  type PeerFiles,
  type ReplicatedStorage,
  type SegmentKeys,
  type StandbyMode,
} from '#server/storage';
import { claimPrimary } from '../../../server/storage/standby/index.ts';

export const VERSION = 'test';

export function pathsIn(dataDir: string) {
  return { store: join(dataDir, 'store'), journal: join(dataDir, 'journal') };
}

export interface Primary {
  storage: ReplicatedStorage;
  journal: Journal;
  /** Why the standby was lost; null whenever it was in step again. */
  changes: (Error | null)[];
  /** Resolves when there is a change that the last call has not seen. */
  changed(): Promise<void>;
  /** Terms by which it has learnt that it was superseded. */
  superseded: number[];
  /** Resolves when it may serve. */
  started: Promise<void>;
  close(): Promise<void>;
}

interface PrimaryOptions {
  dataDir: string;
  keys: SegmentKeys;
  /** How the standby is reached. */
  dial(): Promise<Duplex>;
  mode?: StandbyMode;
  /** Whether to wait until it may serve; true when not given. */
  waits?: boolean;
  version?: string;
  patienceMs?: number;
  onChange?(reason: Error | null): void;
}

/** A server's storage on a folder, with a standby; closed when the test ends. */
export async function openPrimary(options: PrimaryOptions): Promise<Primary> {
  const { dataDir, keys, mode = 'both', waits = true, version = VERSION } = options;
  const succession = await claimPrimary(dataDir, { hasStandby: true });
  const changes: (Error | null)[] = [];
  let onChanged: () => void = () => undefined;
  const superseded: number[] = [];
  const storage = await openReplicated(pathsIn(dataDir), mode, {
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
  const journal = await storage.openJournal({ keys, segmentBytes: 65_536, flushFloorMs: 0 });
  let closed: Promise<void> | null = null;
  const close = () =>
    (closed ??= (async () => {
      storage.stop();
      await journal.close();
      await storage.close();
      await storage.store.close();
    })());
  onTestFinished(close);
  const started = storage.start();
  if (waits) await started;
  else started.catch(() => undefined);
  let seen = 0;
  async function changed(): Promise<void> {
    if (changes.length === seen) await new Promise<void>((resolve) => (onChanged = resolve));
    seen = changes.length;
  }
  return { storage, journal, changes, changed, superseded, started, close };
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
