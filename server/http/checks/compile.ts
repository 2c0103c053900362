import type { TSchema } from '@sinclair/typebox';
import { Ajv, type Options } from 'ajv';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { checkName, type Check, type CheckSource } from './check.ts';

const STRICT: Options = { strict: true, allErrors: false, ownProperties: true, allowUnionTypes: true };
const OPTIONS: Record<CheckSource, Options> = { body: STRICT, text: { ...STRICT, coerceTypes: true } };

const compilers = { body: new Ajv(OPTIONS.body), text: new Ajv(OPTIONS.text) };

/** Makes a check in this process, by `new Function`: what runs from the source tree has no built ones. */
export function compileCheck(schema: TSchema, source: CheckSource): Check {
  return compilers[source].compile(schema);
}

/** Code of a CommonJS module that exports the check of each schema under its `checkName`. */
export function standaloneChecks(schemas: readonly TSchema[], source: CheckSource): string {
  const ajv = new Ajv({ ...OPTIONS[source], code: { source: true, lines: true } });
  const byName = new Map(schemas.map((schema) => [checkName(schema), schema]));
  for (const [name, schema] of byName) ajv.addSchema(schema, name);
  return standaloneCode.default(ajv, Object.fromEntries([...byName.keys()].map((name) => [name, name])));
}
