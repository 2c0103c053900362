import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { MAILBOX_BYTES, newMailbox, requestsTo } from './mailbox.ts';

/** What went wrong; null when nothing did. */
export type WriterReply = string | null;

/** Writes to one segment after the other from a thread of its own. One call at a time. */
export interface SegmentWriter {
  /** Goes on with this file, which must exist at its full size. */
  open(path: string): Promise<void>;
  /** Resolves when the bytes are on disk. */
  write(bytes: Buffer, offset: number): Promise<void>;
  close(): Promise<void>;
}

/** Workers run compiled: Node starts no TypeScript file as a worker, so the source tree uses the built one. */
const WORKER = import.meta.url.endsWith('.ts')
  ? new URL('../../../dist/server/storage/segment-journal/writer.js', import.meta.url)
  : new URL('./writer.js', import.meta.url);

/** @throws when the thread cannot be started */
export async function createSegmentWriter(): Promise<SegmentWriter> {
  const mailbox = newMailbox();
  const worker = new Worker(WORKER, { workerData: mailbox });
  const request = requestsTo(mailbox);
  let settle: ((error: Error | null) => void) | null = null;
  let broken: Error | null = null;
  worker.on('message', (reply: WriterReply) => settle?.(reply === null ? null : new Error(reply)));
  const stop = (error: Error) => {
    broken ??= error;
    settle?.(broken);
  };
  worker.on('error', stop);
  worker.on('exit', () => stop(new Error('the writing thread has ended')));
  await once(worker, 'online');
  worker.unref();

  function call(...[op, bytes, position]: Parameters<typeof request>): Promise<void> {
    return new Promise((resolve, reject) => {
      if (broken) {
        reject(broken);
        return;
      }
      worker.ref();
      settle = (error) => {
        settle = null;
        worker.unref();
        if (error) reject(error);
        else resolve();
      };
      request(op, bytes, position);
    });
  }

  return {
    open: (path) => call('open', Buffer.from(path), 0),
    async write(bytes, offset) {
      for (let at = 0; at < bytes.length; at += MAILBOX_BYTES) {
        await call('write', bytes.subarray(at, at + MAILBOX_BYTES), offset + at);
      }
    },
    async close() {
      if (!broken) await call('close', Buffer.alloc(0), 0);
      await worker.terminate();
    },
  };
}
