import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export type WriterRequest =
  { op: 'open'; path: string } | { op: 'write'; bytes: Uint8Array; offset: number } | { op: 'close' };
export interface WriterReply {
  error: string | null;
}

/** Writes to one segment after the other from a thread of its own. One call at a time. */
export interface SegmentWriter {
  /** Goes on with this file, which must exist at its full size. */
  open(path: string): Promise<void>;
  /** Resolves when the bytes are on disk; takes the buffer away from the caller. */
  write(bytes: Buffer, offset: number): Promise<void>;
  close(): Promise<void>;
}

/** Workers run compiled: Node starts no TypeScript file as a worker, so the source tree uses the built one. */
const WORKER = import.meta.url.endsWith('.ts')
  ? new URL('../../../dist/server/storage/segment-journal/writer.js', import.meta.url)
  : new URL('./writer.js', import.meta.url);

/** @throws when the thread cannot be started */
export async function createSegmentWriter(): Promise<SegmentWriter> {
  const worker = new Worker(WORKER);
  let settle: ((error: Error | null) => void) | null = null;
  let broken: Error | null = null;
  worker.on('message', (reply: WriterReply) =>
    settle?.(reply.error === null ? null : new Error(reply.error)),
  );
  const stop = (error: Error) => {
    broken ??= error;
    settle?.(broken);
  };
  worker.on('error', stop);
  worker.on('exit', () => stop(new Error('the writing thread has ended')));
  await once(worker, 'online');
  worker.unref();

  function call(request: WriterRequest, transfer: ArrayBuffer[] = []): Promise<void> {
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
      worker.postMessage(request, transfer);
    });
  }

  return {
    open: (path) => call({ op: 'open', path }),
    write: (bytes, offset) => call({ op: 'write', bytes, offset }, transferable(bytes)),
    async close() {
      if (!broken) await call({ op: 'close' });
      await worker.terminate();
    },
  };
}

/** Buffers from Node's shared pool must be copied; own ones can be handed over. */
function transferable(bytes: Buffer): ArrayBuffer[] {
  const { buffer, byteLength } = bytes;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
