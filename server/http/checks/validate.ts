import type { TSchema } from '@sinclair/typebox';
import { DomainError } from '#bank/protocol';
import type { CheckSource } from './check.ts';

const makeCheck = import.meta.url.endsWith('.ts')
  ? (await import('./compile.ts')).compileCheck
  : (await import('./built.ts')).builtCheck;

/** A check that throws `invalid-input` naming the first place that is wrong. */
export function validator<T>(schema: TSchema, source: CheckSource): (value: unknown) => T {
  const check = makeCheck(schema, source);
  return (value) => {
    if (check(value)) return value as T;
    const error = check.errors?.[0];
    throw new DomainError('invalid-input', 400, {
      where: error?.instancePath || '/',
      reason: error?.message ?? 'does not match',
    });
  };
}
