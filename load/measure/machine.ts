import { execFileSync } from 'node:child_process';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { rounded } from './numbers.ts';

export interface Machine {
  processor: string;
  cores: number;
  memoryGb: number;
  kernel: string;
  node: string;
  /** Open files that one process may have, as the shell hands it down. */
  fileDescriptors: number;
  /** Programs that wanted to run in the minute before. */
  loadBefore: number;
}

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGb: rounded(totalmem() / 2 ** 30),
    kernel: release(),
    node: process.versions.node,
    fileDescriptors: fileDescriptorLimit(),
    loadBefore: rounded(loadavg()[0] ?? 0),
  };
}

export function fileDescriptorLimit(): number {
  const text = execFileSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).trim();
  return text === 'unlimited' ? 1_000_000 : Number(text);
}
