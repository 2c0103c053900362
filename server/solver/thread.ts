import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { SolveProgress, SolveReply, SolveTask } from './solve.ts';

/** Workers run compiled: Node starts no TypeScript file as a worker, so the source tree uses the built one. */
const WORKER = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/server/solver/worker.js', import.meta.url)
  : new URL('./worker.js', import.meta.url);

/** Of JavaScript only; the solver's own memory lies outside. */
const MEMORY_MB = 512;
/** What a search may take longer than its own limit before it is ended from outside. */
const GRACE_SECONDS = 5;

/** One search at a time, since each takes a processor for itself; short ones do not wait for long ones. */
const SHORT_SECONDS = 20;
const LANES = { short: pLimit(1), long: pLimit(1) };

/** Who waits for a search. */
export interface Watch {
  progress?: (progress: SolveProgress) => void;
  signal?: AbortSignal;
}

export type Ended = Exclude<SolveReply, { type: 'progress' }>;

/**
 * Solves in a thread of its own, which ends with it, with the signal, or some seconds after its limit: then nothing was
 * found.
 *
 * @throws the reason of the signal
 */
export function solveInThread(task: SolveTask, watch: Watch): Promise<Ended> {
  const lane = LANES[task.seconds <= SHORT_SECONDS ? 'short' : 'long'];
  return lane(() => runThread(task, watch));
}

function runThread(task: SolveTask, { progress, signal }: Watch): Promise<Ended> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = new Worker(WORKER, {
      execArgv: [],
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      act();
      void worker.terminate();
    };
    const abort = (): void => settle(() => reject(signal?.reason as Error));
    const timer = setTimeout(
      () => settle(() => resolve({ type: 'nothing' })),
      (task.seconds + GRACE_SECONDS) * 1000,
    );
    signal?.addEventListener('abort', abort, { once: true });
    worker.on('message', (reply: SolveReply) => {
      if (reply.type === 'progress') progress?.(reply.progress);
      else settle(() => resolve(reply));
    });
    worker.on('error', (error) => settle(() => reject(error)));
    worker.on('exit', () => settle(() => reject(new Error('the solving thread has ended'))));
  });
}
