import { Worker } from 'node:worker_threads';
import {
  DomainError,
  type Blueprint,
  type FormsSetting,
  type PaperAlgorithm,
  type PoolItem,
} from '#bank/protocol';

/** Workers run compiled: Node starts no TypeScript file as a worker, so the source tree uses the built one. */
const WORKER = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/server/exams/deal-worker.js', import.meta.url)
  : new URL('./deal-worker.js', import.meta.url);

const MEMORY_MB = 512;

export interface DealTask {
  algorithm: PaperAlgorithm;
  blueprint: Blueprint;
  snapshot: readonly PoolItem[];
  /** Seed of the exam; the thread overwrites its copy. */
  seed: Uint8Array;
  exam: string;
  papers: number;
  /** Forms are searched or solved for instead, and held to this. */
  forms?: FormsSetting;
}

export interface Dealt {
  cards: Int32Array;
  /** Of forms: how often the bands had to be doubled. */
  doublings: number;
}

export type DealReply =
  /** So many forms are there. */
  | { type: 'made'; forms: number }
  | ({ type: 'dealt' } & Dealt)
  | { type: 'refused'; code: string; status: number; values: Record<string, string | number> };

/**
 * Deals in a thread of its own, which ends with it or with the signal.
 *
 * @param made is called with each form that was solved
 * @returns the cards, as `dealCards`, `parallelForms` or `cardsOf` gives them
 * @throws DomainError with the code of the refusal; the reason of the signal
 */
export function dealInThread(
  task: DealTask,
  signal: AbortSignal,
  made: (forms: number) => void,
): Promise<Dealt> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const worker = new Worker(WORKER, {
      execArgv: [],
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const settle = (act: () => void): void => {
      signal.removeEventListener('abort', abort);
      act();
      void worker.terminate();
    };
    const abort = (): void => settle(() => reject(signal.reason as Error));
    signal.addEventListener('abort', abort, { once: true });
    worker.on('message', (reply: DealReply) => {
      if (reply.type === 'made') made(reply.forms);
      else if (reply.type === 'dealt') settle(() => resolve(reply));
      else settle(() => reject(new DomainError(reply.code, reply.status, reply.values)));
    });
    worker.on('error', (error) => settle(() => reject(error)));
    worker.on('exit', () => settle(() => reject(new Error('the dealing thread has ended'))));
  });
}
