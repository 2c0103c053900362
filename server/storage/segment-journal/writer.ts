/**
 * Worker thread that writes and flushes. A flush blocks its thread for as long as the disk takes, which must be
 * neither the event loop nor a thread of libuv's pool, where password hashing would wait in front of it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createFlushedWriting, realBlockingDisk } from '../disk.ts';
import { requestsIn } from './mailbox.ts';
import type { WriterReply } from './segment-writer.ts';

const writing = createFlushedWriting(realBlockingDisk);

for (const { op, bytes, position } of requestsIn(workerData as SharedArrayBuffer)) {
  let reply: WriterReply = null;
  try {
    if (op === 'open') writing.open(bytes.toString());
    else if (op === 'write') writing.write(bytes, position);
    else writing.close();
  } catch (error) {
    reply = error instanceof Error ? error.message : String(error);
  }
  parentPort?.postMessage(reply, []);
}
