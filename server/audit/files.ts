import { dirname, join } from 'node:path';
import { makeFolder, realDisk, syncFolder, withFile, writeAll, type Disk } from '#server/storage';

/** What the log folder needs of a disk; paths are relative to the folder, with forward slashes. */
export interface LogFiles {
  /** Null when there is none. */
  read(path: string): Promise<Uint8Array | null>;
  /** Whole or not at all, and durable when it returns. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Removes a file or a folder with all it holds; fine when there is none. */
  remove(path: string): Promise<void>;
  /** Every file below a folder; empty when there is none. */
  list(path: string): Promise<string[]>;
}

/** Where a file is written before it gets its name; never more than one is under way. */
const DRAFT = 'writing.tmp';

export function diskFiles(dir: string, disk: Disk = realDisk): LogFiles {
  const madeDurable = new Set<string>();

  async function ensureFolder(folder: string): Promise<void> {
    if (madeDurable.has(folder)) return;
    await makeFolder(disk, folder);
    madeDurable.add(folder);
  }

  return {
    async read(path) {
      try {
        return await disk.readFile(join(dir, path));
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async write(path, bytes) {
      const target = join(dir, path);
      const draft = join(dir, DRAFT);
      await ensureFolder(dir);
      await ensureFolder(dirname(target));
      await withFile(disk, draft, 'w', async (file) => {
        await writeAll(file, bytes, 0);
        await file.sync();
      });
      await disk.rename(draft, target);
      await syncFolder(disk, dirname(target));
    },
    async remove(path) {
      await disk.rm(join(dir, path), { recursive: true, force: true });
      madeDurable.delete(join(dir, path));
    },
    async list(path) {
      try {
        return await disk.tree(join(dir, path));
      } catch (error) {
        if (isMissing(error)) return [];
        throw error;
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
