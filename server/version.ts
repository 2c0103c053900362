import { readFileSync } from 'node:fs';

/** The version of this build, as its package says; it runs compiled, two folders below. */
export function readVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
