import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Root of the repository, found from a source file and from its compiled form alike. */
export const root = findRoot(dirname(fileURLToPath(import.meta.url)));

/** The built `niem` command. */
export const niemCommand = join(root, 'dist', 'scripts', 'niem.js');

function findRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : findRoot(dirname(folder));
}
