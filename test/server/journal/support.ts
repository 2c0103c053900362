import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createSegmentJournal, type Journal, type SegmentKeys } from '#server/storage';
import { randomKey, unwrapKey, wrapKey } from '#bank/vault';

export function testKeys(root = randomKey()): SegmentKeys {
  return {
    wrap: async (key) => wrapKey(root, key),
    unwrap: async (wrapped) => unwrapKey(root, wrapped),
  };
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
