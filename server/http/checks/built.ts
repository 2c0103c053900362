import { createRequire } from 'node:module';
import type { TSchema } from '@sinclair/typebox';
import { checkFile, checkName, type Check, type CheckSource } from './check.ts';

const require = createRequire(import.meta.url);

/** The check of a schema as `server/build.ts` has written it: no code is made while the server runs. */
export function builtCheck(schema: TSchema, source: CheckSource): Check {
  const checks = require(checkFile(source)) as Record<string, Check>;
  const check = checks[checkName(schema)];
  if (check) return check;
  throw new Error(
    `A schema has no built check (${JSON.stringify(schema).slice(0, 200)}). Run "npm run build".`,
  );
}
