import { CannotRun } from '#server/storage/contract';
import type { Part, Result } from './report.ts';

/** One promise that is tried out. */
export interface Check {
  part: Part;
  name: string;
  /** @throws CannotRun where something it needs is missing; anything else is a broken promise */
  run(signal: AbortSignal): Promise<void>;
}

/** Longer than the slowest of them takes on a poor network. */
const LIMIT_MS = 10 * 60_000;
const LONGEST_REASON = 600;

/** Runs all of them, one after the other; none of them ends the run. */
export async function runChecks(
  checks: readonly Check[],
  onProgress: (done: number, total: number) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const check of checks) {
    onProgress(results.length, checks.length);
    results.push(await runCheck(check));
  }
  onProgress(results.length, checks.length);
  return results;
}

/** `limitMs`: after so many milliseconds it counts as failed, and its signal is aborted. */
export async function runCheck({ part, name, run }: Check, limitMs = LIMIT_MS): Promise<Result> {
  const begun = performance.now();
  const result = (outcome: Result['outcome'], reason?: string): Result => {
    const ms = Math.round(performance.now() - begun);
    return {
      part,
      name,
      outcome,
      ...(reason !== undefined && { reason: reason.slice(0, LONGEST_REASON) }),
      ms,
    };
  };
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limitMs);
  try {
    const late = new Promise<never>((_resolve, reject) => {
      const minutes = Math.round(limitMs / 60_000);
      const tell = () => reject(new Error(`It did not end within ${minutes} minutes.`));
      limit.signal.addEventListener('abort', tell);
    });
    await Promise.race([run(limit.signal), late]);
    return result('passed');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return result(error instanceof CannotRun ? 'skipped' : 'failed', reason);
  } finally {
    clearTimeout(timer);
  }
}
