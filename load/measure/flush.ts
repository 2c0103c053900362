import { closeSync, constants, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Latencies } from './latencies.ts';

const FILE_BYTES = 8 * 1024 * 1024;
/** As much as a batch of one answer takes in the journal. */
const WRITE_BYTES = 512;

export interface FlushSpeed {
  /** Writes per second, one after the other. */
  perSecond: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/**
 * How quick the disk of a folder is at what the journal asks of it: small writes into a file of zeros, each on disk
 * before the next (O_DSYNC). Blocks this process.
 */
export function measureFlush(folder: string, seconds: number): FlushSpeed {
  const path = join(folder, 'flush.bin');
  const bytes = Buffer.alloc(WRITE_BYTES, 0xa5);
  const zeros = openSync(path, 'w');
  for (let at = 0; at < FILE_BYTES; at += 65_536) writeSync(zeros, Buffer.alloc(65_536), 0, 65_536, at);
  fsyncSync(zeros);
  closeSync(zeros);
  const file = openSync(path, constants.O_WRONLY | constants.O_DSYNC);
  const latencies = new Latencies();
  const begin = performance.now();
  let last = begin;
  for (let at = 0; last - begin < seconds * 1000; at = (at + WRITE_BYTES) % FILE_BYTES) {
    writeSync(file, bytes, 0, WRITE_BYTES, at);
    const now = performance.now();
    latencies.add(now - last);
    last = now;
  }
  closeSync(file);
  rmSync(path);
  return {
    perSecond: latencies.count / ((last - begin) / 1000),
    p50: latencies.quantile(0.5),
    p99: latencies.quantile(0.99),
  };
}
