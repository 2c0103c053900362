import { join } from 'node:path';
import type { MeasuredServer } from '../servers/measured.ts';

/** Does the work once more with a processor profile of the server's main thread, when profiles are wanted. */
export async function profiled(
  folder: string | null,
  server: MeasuredServer,
  name: string,
  work: () => Promise<unknown>,
): Promise<void> {
  if (folder === null) return;
  await server.ask('profile');
  await work();
  await server.ask('profiled', join(folder, `${name}.cpuprofile`));
}
