import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { TSchema } from '@sinclair/typebox';
import type { ValidateFunction } from 'ajv';

/** Where a value comes from: a JSON body or the message of a socket, or the text of an address. */
export type CheckSource = 'body' | 'text';

/** Tells whether a value fits its schema; `errors` says why not. Values from text become numbers and booleans. */
export type Check = ValidateFunction<unknown>;

/** Name of the check of a schema in the built module: the same schema always has the same one. */
export function checkName(schema: TSchema): string {
  return `check_${createHash('sha256').update(JSON.stringify(schema)).digest('hex').slice(0, 32)}`;
}

/** File of the built checks of one source, beside the compiled code. */
export function checkFile(source: CheckSource): string {
  return fileURLToPath(new URL(`./built-${source}.cjs`, import.meta.url));
}
