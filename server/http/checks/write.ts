import { writeFileSync } from 'node:fs';
import type { TSchema } from '@sinclair/typebox';
import { checkFile, type CheckSource } from './check.ts';

/** Build step: writes the checks of these schemas where a server that runs compiled finds them. */
export async function writeChecks(schemas: Record<CheckSource, readonly TSchema[]>): Promise<void> {
  const { standaloneChecks } = await import('./compile.ts');
  for (const source of ['body', 'text'] as const)
    writeFileSync(checkFile(source), standaloneChecks(schemas[source], source));
}
