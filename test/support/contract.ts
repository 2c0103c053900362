import { expect, test } from 'vitest';
import { CannotRun, type ContractCase } from '#server/storage/contract';

const CASE_MS = 240_000;

/** Each case as a test; `subject` is made when the test begins. */
export function testContract<S>(cases: readonly ContractCase<S>[], subject: () => S): void {
  const named = cases.map((one) => [one.name, one] as const);
  test.for(named)('%s', { timeout: CASE_MS }, async ([, one], ctx) => {
    let missing: string | undefined;
    const kept = one.run(subject()).catch((error: unknown) => {
      if (!(error instanceof CannotRun)) throw error;
      missing = error.message;
    });
    await expect(kept).resolves.toBeUndefined();
    if (missing !== undefined) ctx.skip(missing);
  });
}
