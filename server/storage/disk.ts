import { closeSync, constants, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** An open file. Nothing of it is on disk for good before `sync`, or where its flags said so. */
export interface DiskFile {
  read(bytes: Uint8Array, offset: number, length: number, position: number): Promise<unknown>;
  /** May write less than it was given, as the system call does. */
  write(
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ bytesWritten: number }>;
  truncate(bytes: number): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * What journal and ledger ask of a disk: calls of node:fs, each with the promise of its system call and no more. A new
 * name, also that of a renamed file, is on disk for good once its folder is synced.
 */
export interface Disk {
  open(path: string, flags: 'r' | 'r+' | 'w'): Promise<DiskFile>;
  readFile(path: string): Promise<Buffer>;
  readdir(path: string): Promise<string[]>;
  /** Paths of all files below a folder. */
  tree(path: string): Promise<string[]>;
  mkdir(path: string, options: { recursive: true; mode?: number }): Promise<string | undefined>;
  rename(from: string, to: string): Promise<void>;
  rm(path: string, options?: { recursive: true; force: true }): Promise<void>;
}

/** The calls of a thread that does nothing else but write and flush, and so may wait for the disk. */
export interface BlockingDisk {
  openSync(path: string, flags: number): number;
  writeSync(file: number, bytes: Uint8Array, offset: number, length: number, position: number): number;
  fdatasyncSync(file: number): void;
  closeSync(file: number): void;
}

export const realDisk: Disk = {
  open,
  readFile,
  readdir,
  async tree(path) {
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  },
  mkdir,
  rename,
  rm,
};
export const realBlockingDisk: BlockingDisk = { openSync, writeSync, fdatasyncSync, closeSync };

/** On Linux every write is flushed by the descriptor itself; elsewhere (macOS leaves the disk's cache out) after it. */
const flushesItself = process.platform === 'linux';

/** Writes to one file after the other; what `write` returned from is on disk for good. Blocks its thread. */
export function createFlushedWriting(disk: BlockingDisk) {
  let file: number | null = null;

  function close(): void {
    if (file !== null) disk.closeSync(file);
    file = null;
  }

  return {
    /** Goes on with this file, which must exist at its full size. */
    open(path: string): void {
      close();
      file = disk.openSync(path, constants.O_WRONLY | (flushesItself ? constants.O_DSYNC : 0));
    },
    write(bytes: Uint8Array, position: number): void {
      if (file === null) throw new Error('no file is open');
      let written = 0;
      while (written < bytes.length) {
        written += disk.writeSync(file, bytes, written, bytes.length - written, position + written);
      }
      if (!flushesItself) disk.fdatasyncSync(file);
    },
    close,
  };
}

/** Writes all of it, from this position on. */
export async function writeAll(file: DiskFile, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const result = await file.write(bytes, written, bytes.length - written, position + written);
    written += result.bytesWritten;
  }
}

/** Does something with a file, and closes it whatever comes. */
export async function withFile<T>(
  disk: Disk,
  path: string,
  flags: 'r' | 'r+' | 'w',
  work: (file: DiskFile) => Promise<T>,
): Promise<T> {
  const file = await disk.open(path, flags);
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}

/**
 * Makes a folder with its parents, so that the folders themselves outlive a loss of power. Also one that is there may
 * not be on disk yet: a process may have died between making it and this.
 */
export async function makeFolder(disk: Disk, dir: string, options: { mode?: number } = {}): Promise<void> {
  const first = await disk.mkdir(dir, { recursive: true, ...options });
  for (const made of foldersBetween(first ?? dir, dir)) await syncFolder(disk, dirname(made));
}

/** `last` and its parents down to `first`. */
function foldersBetween(first: string, last: string): string[] {
  return last.length <= first.length ? [last] : [last, ...foldersBetween(first, dirname(last))];
}

/** Makes the names in a folder durable. Windows does not let a folder be opened for that, and needs it not. */
export async function syncFolder(disk: Disk, dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  await withFile(disk, dir, 'r', (folder) => folder.sync());
}
