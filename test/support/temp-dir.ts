import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const dirs: string[] = [];

afterAll(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
});

/** A new empty folder, removed after the tests of this file. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'niem-test-'));
  dirs.push(dir);
  return dir;
}
