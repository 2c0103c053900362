import { spawnSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { tempDir } from './temp-dir.ts';

const mounted: string[] = [];

afterAll(() => {
  // lazily, as a server on it may still be about to end
  for (const dir of mounted.splice(0)) spawnSync('umount', ['--lazy', dir]);
});

/** A file system of its own that can be filled. */
export interface SmallDisk {
  dir: string;
  /** Takes every byte that is free. */
  fill(): void;
  makeRoom(): void;
}

/** A disk in memory, gone after the tests of this file; null where this process may not mount one. */
export function smallDisk(mebibytes: number): SmallDisk | null {
  const dir = tempDir();
  const options = `size=${mebibytes}m,mode=700`;
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'niem-test', dir]).status !== 0) return null;
  mounted.push(dir);
  const ballast = join(dir, 'ballast');
  const mebibyte = Buffer.alloc(1024 * 1024);
  return {
    dir,
    fill() {
      try {
        for (;;) appendFileSync(ballast, mebibyte);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      }
    },
    makeRoom: () => rmSync(ballast),
  };
}
