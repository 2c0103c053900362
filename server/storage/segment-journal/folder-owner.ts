import { join } from 'node:path';
import { open } from 'lmdb';
import { claim } from '../embedded/owner.ts';

const BYTES = { encoding: 'binary', keyEncoding: 'binary' } as const;

/**
 * Takes the folder for this process, in the way the embedded store does; gives what releases it again. A process that
 * was killed holds nothing.
 *
 * @throws Unavailable when another process has the folder
 */
export async function ownFolder(dir: string): Promise<() => Promise<void>> {
  const options = { path: join(dir, 'owner.mdb'), maxDbs: 1, permissionsMode: 0o600, ...BYTES };
  const root = open(options);
  try {
    const ownership = claim(root, root.openDB<Buffer, Buffer>('meta', BYTES), dir);
    return async () => {
      ownership.release({ record: true });
      await root.close();
    };
  } catch (error) {
    await root.close();
    throw error;
  }
}
