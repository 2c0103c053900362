import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createSegmentJournal, segmentKeys, type Journal, type SegmentKeys } from '#server/storage';
import { randomKey, unwrapKey, wrapKey } from '#bank/vault';

export function testKeys(root = randomKey()): SegmentKeys {
  return {
    wrap: async (key) => wrapKey(root, key),
    unwrap: async (wrapped) => unwrapKey(root, wrapped),
    keepOnly: async () => undefined,
  };
}

/** The generations of keys that lie in one database; each process has a view of its own of the newest one. */
export function createGenerations(): () => SegmentKeys {
  let oldest = 1;
  const ratchet = () => ({
    key: async (generation: number) => (generation < oldest ? null : new Uint8Array(32).fill(generation)),
    oldest: async () => oldest,
    async destroyBefore(generation: number) {
      oldest = Math.max(oldest, generation);
    },
  });
  return () =>
    segmentKeys({ ratchet, open: () => Promise.reject(new Error('nothing is sealed so')) }, 'main');
}

export async function temporaryFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'niem-journal-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A journal in a folder that closes itself when the test ends. */
export async function openSegments(dir: string, keys: SegmentKeys, segmentBytes = 65_536): Promise<Journal> {
  const journal = await createSegmentJournal({ dir, keys, segmentBytes });
  onTestFinished(() => journal.close());
  return journal;
}

export async function segmentFiles(dir: string): Promise<string[]> {
  return (await readdir(dir))
    .filter((name) => name.endsWith('.segment'))
    .sort()
    .map((name) => join(dir, name));
}
