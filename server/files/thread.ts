import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { DomainError } from '#bank/protocol';
import type { Progress } from '#server/http';
import type { FileOp, FileReply, FileWork } from './work.ts';

/** Workers run compiled: Node starts no TypeScript file as a worker, so the source tree uses the built one. */
const WORKER = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/server/files/worker.js', import.meta.url)
  : new URL('./worker.js', import.meta.url);

/** A good file of 5,000 questions takes some seconds. */
const TIME_LIMIT_MS = 120_000;
const MEMORY_MB = 1024;

/** One file of questions at a time, since each may take much memory; class lists are small and do not wait for it. */
const questions = pLimit(1);
const LANES = {
  readQuestions: questions,
  writeQuestions: questions,
  writeTemplate: questions,
  readRoster: pLimit(1),
  readMedia: pLimit(1),
  writeMatrix: pLimit(1),
  writeReport: pLimit(1),
};

interface Watch {
  progress?: Progress;
  signal?: AbortSignal;
}

/**
 * Reads or writes a file in a thread of its own, limited in time and memory. Rows come back in portions, so that the
 * server has time for others in between.
 *
 * @throws DomainError with the code of the refusal, or `import-too-slow`
 */
export function workOnFile<Op extends FileOp>(
  op: Op,
  task: FileWork[Op]['task'],
  watch: Watch = {},
): Promise<FileWork[Op]['result']> {
  return LANES[op](() => runThread({ ...task, op }, watch)) as Promise<FileWork[Op]['result']>;
}

function runThread(task: object, { progress, signal }: Watch): Promise<unknown> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const worker = new Worker(WORKER, {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const tooMuch = new DomainError('import-too-slow', 422);
    const give = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      settle();
      void worker.terminate();
    };
    const abort = (): void => give(() => reject(new Error('cancelled')));
    const timer = setTimeout(() => give(() => reject(tooMuch)), TIME_LIMIT_MS);
    signal?.addEventListener('abort', abort, { once: true });
    const rows: unknown[] = [];
    worker.on('message', (reply: FileReply) => {
      if (reply.type === 'progress') progress?.(reply.done, reply.total);
      else if (reply.type === 'rows') {
        rows.push(...reply.rows);
        worker.postMessage('more', []);
      } else if (reply.type === 'refused')
        give(() => reject(new DomainError(reply.code, reply.status, reply.values)));
      else if (reply.type === 'failed') give(() => reject(new Error(`a file failed: ${reply.name}`)));
      else give(() => resolve('rows' in reply.result ? { ...reply.result, rows } : reply.result));
    });
    worker.on('error', (error: NodeJS.ErrnoException) =>
      give(() => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooMuch : error)),
    );
    worker.on('exit', () => give(() => reject(new Error('the file thread has ended'))));
    post(worker, task);
  });
}

/** The bytes are copied once and handed over, since a caller's buffer may be part of a larger one. */
function post(worker: Worker, task: object): void {
  const bytes = 'bytes' in task ? new Uint8Array(task.bytes as Uint8Array) : null;
  worker.postMessage(bytes ? { ...task, bytes } : task, bytes ? [bytes.buffer] : []);
}
