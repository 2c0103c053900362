import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Database, RootDatabase } from 'lmdb';
import { Unavailable } from '../store.ts';

/** Who owns the folder. `process` tells a process from a later one with the same number; empty when unknown. */
interface Owner {
  pid: number;
  process: string;
  token: string;
}

const OWNER_KEY = Buffer.from('owner');
/** Tokens of the stores that this process has open. */
const open = new Set<string>();

/** The right to write into the folder, held until `release` or the end of the process. */
export interface Ownership {
  /** Inside a write transaction. Throws Unavailable when another process has taken the folder over. */
  verify(): void;
  /** Never throws. A record that is not erased, or cannot be, does no harm once this process has ended. */
  release(options: { record: boolean }): void;
}

/**
 * Takes the folder for this process. Claiming is one lmdb write transaction, which lmdb serialises between
 * processes, and every commit verifies the claim in its own transaction: two owners cannot both write, whatever
 * the system says about a process number. Throws Unavailable naming the folder and the process that has it.
 */
export function claim(root: RootDatabase, meta: Database<Buffer, Buffer>, dir: string): Ownership {
  const mine: Owner = { pid: process.pid, process: identityOf(process.pid), token: randomId() };
  const value = Buffer.from(JSON.stringify(mine));
  root.transactionSync(() => {
    const holder = readOwner(meta);
    if (holder && isAlive(holder, mine)) {
      throw new Unavailable(
        `The data folder ${dir} is in use by process ${holder.pid}. Stop that process first, or choose another folder.`,
      );
    }
    meta.putSync(OWNER_KEY, value);
  });
  open.add(mine.token);
  const isMine = () => meta.getBinary(OWNER_KEY)?.equals(value) ?? false;
  return {
    verify() {
      if (!isMine()) throw new Unavailable(`The data folder ${dir} was taken over by another process.`);
    },
    release({ record }) {
      open.delete(mine.token);
      if (!record) return;
      try {
        root.transactionSync(() => {
          if (isMine()) meta.removeSync(OWNER_KEY);
        });
      } catch {
        // the disk is full or gone; the next owner finds that this process has ended
      }
    },
  };
}

function readOwner(meta: Database<Buffer, Buffer>): Owner | undefined {
  const bytes = meta.getBinary(OWNER_KEY);
  return bytes && (JSON.parse(bytes.toString()) as Owner);
}

/** Alive unless it certainly is not: the number is free, or belongs to a process that started at another time. */
function isAlive(holder: Owner, mine: Owner): boolean {
  if (holder.pid === mine.pid) return holder.process === mine.process && open.has(holder.token);
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const identity = identityOf(holder.pid);
  return identity === '' || holder.process === '' || identity === holder.process;
}

/** When a process started, exactly as the system puts it; empty when it does not tell. */
function identityOf(pid: number): string {
  try {
    if (process.platform === 'linux') return linuxIdentity(pid);
    if (process.platform === 'win32') {
      const script = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`;
      return run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script]);
    }
    return run('ps', ['-o', 'lstart=', '-p', String(pid)]);
  } catch {
    return '';
  }
}

/** Field 22 of proc(5) stat, in ticks since this boot; the command name before it may hold spaces and brackets. */
function linuxIdentity(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${started}`;
}

function run(file: string, args: string[]): string {
  return execFileSync(file, args, {
    encoding: 'utf8',
    timeout: 15_000,
    windowsHide: true,
    env: { ...process.env, LC_ALL: 'C' },
  }).trim();
}

function randomId(): string {
  return randomBytes(16).toString('base64url');
}
