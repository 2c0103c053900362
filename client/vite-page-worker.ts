import { createHash } from 'node:crypto';
import type { Rolldown } from 'vite';

/** Stands in the worker's source for what the build knows (`candidate/worker/worker.ts`). */
const MARK = 'NIEM_PAGE';

/** Tells the service worker which page it belongs to, and the files that this page may want without a server. */
export function tellWorker(
  worker: Rolldown.OutputChunk,
  html: string,
  base: string,
  files: readonly string[],
): void {
  if (worker.imports.length > 0 || /^export\b/m.test(worker.code) || !worker.code.includes(MARK)) {
    throw new Error('the worker does not stand alone, or asks for nothing');
  }
  const hash = createHash('sha256').update(html).digest('hex');
  const told = JSON.stringify({ hash, files: files.map((file) => base + file) });
  worker.code = worker.code.replaceAll(MARK, () => told);
}
