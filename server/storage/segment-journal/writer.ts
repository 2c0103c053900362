/**
 * Worker thread that writes and flushes. A flush blocks its thread for as long as the disk takes, which must be
 * neither the event loop nor a thread of libuv's pool, where password hashing would wait in front of it.
 */
import { parentPort } from 'node:worker_threads';
import { createFlushedWriting, realBlockingDisk } from '../disk.ts';
import type { WriterReply, WriterRequest } from './segment-writer.ts';

const writing = createFlushedWriting(realBlockingDisk);

parentPort?.on('message', (request: WriterRequest) => {
  let reply: WriterReply = { error: null };
  try {
    if (request.op === 'open') writing.open(request.path);
    else if (request.op === 'write') writing.write(request.bytes, request.offset);
    else writing.close();
  } catch (error) {
    reply = { error: error instanceof Error ? error.message : String(error) };
  }
  parentPort?.postMessage(reply, []);
});
