/**
 * Builds the browser pages into dist/client: the candidate's page always, the staff pages once they exist.
 * Prints what the candidate's first response weighs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const client = dirname(fileURLToPath(import.meta.url));
const out = join(client, '..', 'dist', 'client');

await build({ configFile: join(client, 'vite.candidate.ts') });
report(join(out, 'candidate'));
if (existsSync(join(client, 'staff', 'index.html')))
  await build({ configFile: join(client, 'vite.staff.ts') });

function report(folder) {
  const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
  const first = readFileSync(join(folder, 'index.html.br')).length;
  console.log(`candidate: first response ${kilobytes(first)} brotli (${first} bytes)`);
  for (const file of readdirSync(join(folder, 'assets')).filter((name) => /\.(js|css)$/.test(name))) {
    const bytes = readFileSync(join(folder, 'assets', file));
    console.log(
      `candidate: ${file} ${kilobytes(gzipSync(bytes, { level: 9 }).length)} gzip, when it is needed`,
    );
  }
}
