import { mkdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import envPaths from 'env-paths';
import { freePort } from '../process/free-port.ts';
import { root } from '../process/repository.ts';

/** Where one run of the demo reads and writes. */
export interface DemoPlace {
  /** Fresh data folder, kept afterwards. */
  data: string;
  /** Files that people asked for: results and the publication file. Never below the data folder. */
  exports: string;
  /** Path of the transparency log, relative to the repository. */
  ledger: string;
  port: number;
  env: Record<string, string>;
}

export async function preparePlace(): Promise<DemoPlace> {
  const name = `demo-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  const data = join(root, 'data', name);
  const exports = join(root, 'exports', name);
  await mkdir(data, { recursive: true });
  await mkdir(exports, { recursive: true });
  const port = await freePort();
  return {
    data,
    exports,
    ledger: relative(root, join(data, 'ledger')).replaceAll('\\', '/'),
    port,
    env: {
      NIEM_DATA: data,
      NIEM_PORT: String(port),
      NIEM_KEY_FILE: join(envPaths('niem', { suffix: '' }).config, 'demo-keys.json'),
      NIEM_LOG_LEVEL: 'warn',
    },
  };
}
