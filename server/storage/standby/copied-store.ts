import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { realDisk, syncFolder } from '../disk.ts';
import { openStoreCopy, type StoreCopy } from '../embedded/copy.ts';
import type { LogPosition } from '../embedded/commit-log.ts';
import { DoesNotFollow } from '../embedded/does-not-follow.ts';

/** Folders beside the store: a copy that is being made, and the one whose place it takes. */
const INCOMING = '.incoming';
const OLD = '.old';

/**
 * The standby's store. A new copy grows beside the one that is there, which stays good for a promotion until the new
 * one is whole.
 */
export interface CopiedStore {
  /** Null while there is no whole copy. */
  position(): LogPosition | null;
  apply: StoreCopy['apply'];
  /** Begins a new copy, away with an unfinished one. */
  begin(): Promise<void>;
  add: StoreCopy['add'];
  /** The new copy is whole and takes the place of the old one. */
  complete(position: LogPosition): Promise<void>;
  close(): Promise<void>;
}

export async function openCopiedStore(dir: string): Promise<CopiedStore> {
  await settleStoreFolders(dir);
  let current = existsSync(dir) ? await openStoreCopy(dir) : null;
  let incoming: StoreCopy | null = null;

  return {
    position: () => current?.position() ?? null,
    async apply(after, commits) {
      if (!current) throw new DoesNotFollow('there is no copy to carry commits out on');
      await current.apply(after, commits);
    },
    async begin() {
      await incoming?.close();
      await rm(dir + INCOMING, { recursive: true, force: true });
      incoming = await openStoreCopy(dir + INCOMING);
    },
    async add(collection, documents) {
      if (!incoming) throw new DoesNotFollow('no copy has begun');
      await incoming.add(collection, documents);
    },
    async complete(position) {
      if (!incoming) throw new DoesNotFollow('no copy has begun');
      await incoming.complete(position);
      await incoming.close();
      incoming = null;
      await current?.close();
      current = null;
      if (existsSync(dir)) await rename(dir, dir + OLD);
      await rename(dir + INCOMING, dir);
      await syncFolder(realDisk, dirname(dir));
      await rm(dir + OLD, { recursive: true, force: true });
      current = await openStoreCopy(dir);
    },
    async close() {
      await incoming?.close();
      await current?.close();
    },
  };
}

/** Finishes what a crash interrupted: a new copy takes the old one's place only when it is whole. */
export async function settleStoreFolders(dir: string): Promise<void> {
  if (!existsSync(dir) && existsSync(dir + OLD)) await rename(dir + INCOMING, dir);
  await rm(dir + OLD, { recursive: true, force: true });
  await rm(dir + INCOMING, { recursive: true, force: true });
}
