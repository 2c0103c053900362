import { dirname, join } from 'node:path';
import { syncFolder, withFile, writeAll, type Disk } from '../disk.ts';
import { encodeSegmentHeader, SEGMENT_HEADER_BYTES, type SegmentHeader } from './layout.ts';

const SEGMENT_NAME = /^(\d{10})\.segment$/;
const PREPARED = 'next.prepared';
const RETIRED = '.retired';
const CHUNK_BYTES = 1024 * 1024;

/** Names of the segment files in a folder, oldest first. */
export async function listSegments(disk: Disk, dir: string): Promise<string[]> {
  return (await disk.readdir(dir)).filter((name) => SEGMENT_NAME.test(name)).sort();
}

/** The name after this one; the first name when there is none yet. */
export function nextSegmentName(name: string | undefined): string {
  const number = Number(name?.match(SEGMENT_NAME)?.[1] ?? 0) + 1;
  return `${String(number).padStart(10, '0')}.segment`;
}

/** Writes a file of zeros at its full size and flushes it, so that later flushes change no metadata. */
export async function prepareSegment(disk: Disk, dir: string, bytes: number): Promise<void> {
  await withFile(disk, join(dir, PREPARED), 'w', async (file) => {
    const zeros = Buffer.alloc(Math.min(CHUNK_BYTES, bytes));
    for (let offset = 0; offset < bytes; offset += CHUNK_BYTES) {
      await writeAll(file, zeros.subarray(0, Math.min(CHUNK_BYTES, bytes - offset)), offset);
    }
    await file.sync();
  });
}

/** Gives the prepared file its header and its name; from then on it belongs to the journal, also after a crash. */
export async function startSegment(
  disk: Disk,
  dir: string,
  name: string,
  header: SegmentHeader,
): Promise<string> {
  await rewrite(disk, join(dir, PREPARED), encodeSegmentHeader(header));
  const path = join(dir, name);
  await disk.rename(join(dir, PREPARED), path);
  await syncFolder(disk, dir);
  return path;
}

/** Cuts a segment after its last whole batch and flushes it, so that what was read from it is on disk for good. */
export async function endSegment(disk: Disk, path: string, bytes: number): Promise<void> {
  await withFile(disk, path, 'r+', async (file) => {
    await file.truncate(bytes);
    await file.sync();
  });
}

/** Takes the segment out of the journal and overwrites its wrapped key before the file goes. */
export async function destroySegment(disk: Disk, path: string): Promise<void> {
  const retired = path + RETIRED;
  await disk.rename(path, retired);
  await syncFolder(disk, dirname(path));
  await shred(disk, retired);
}

/** Finishes what a crash interrupted in `destroySegment`. */
export async function sweepRetired(disk: Disk, dir: string): Promise<void> {
  for (const name of await disk.readdir(dir)) {
    if (name.endsWith(RETIRED)) await shred(disk, join(dir, name));
  }
}

async function shred(disk: Disk, path: string): Promise<void> {
  await rewrite(disk, path, Buffer.alloc(SEGMENT_HEADER_BYTES));
  await disk.rm(path);
}

/** Puts these bytes at the beginning of a file, for good. */
async function rewrite(disk: Disk, path: string, bytes: Buffer): Promise<void> {
  await withFile(disk, path, 'r+', async (file) => {
    await writeAll(file, bytes, 0);
    await file.sync();
  });
}
