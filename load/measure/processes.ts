import { readdirSync, readFileSync } from 'node:fs';

/** A process and its descendants, as Linux counts them. */
interface Usage {
  /** Milliseconds of processor time, of all threads, since each process was started. */
  cpuMs: number;
  /** Kilobytes of memory in use, pages of mapped files, which are the disk's cache, among them. */
  rssKb: number;
  /** Kilobytes of memory that are the processes' own. */
  ownKb: number;
}

const PPID = 1;
const UTIME = 11;
const STIME = 12;
const CHILDREN_UTIME = 13;
const CHILDREN_STIME = 14;
/** USER_HZ, which Linux fixes for this file. */
const TICK_MS = 10;

/**
 * What a server costs, wherever it has moved its work: the process, its threads, its living descendants and those
 * that have ended.
 */
export function usageOf(pid: number): Usage {
  const family = [pid, ...descendants(pid)];
  let cpuMs = 0;
  let rssKb = 0;
  let ownKb = 0;
  for (const member of family) {
    const stat = statOf(member);
    if (!stat) continue;
    cpuMs +=
      threadsMs(member, stat) + (Number(stat[CHILDREN_UTIME]) + Number(stat[CHILDREN_STIME])) * TICK_MS;
    rssKb += memoryKb(member, 'VmRSS');
    ownKb += memoryKb(member, 'RssAnon');
  }
  return { cpuMs, rssKb, ownKb };
}

export function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Time that other programs took of all processors since the last call, as a part of one. */
export function createOtherLoad(own: () => number) {
  let last = machineBusyMs();
  let lastOwn = own();
  let lastAt = performance.now();
  return (): number => {
    const [busy, mine, at] = [machineBusyMs(), own(), performance.now()];
    const other = (busy - last - (mine - lastOwn)) / (at - lastAt);
    [last, lastOwn, lastAt] = [busy, mine, at];
    return Math.max(0, other);
  };
}

function machineBusyMs(): number {
  const [total = ''] = readFileSync('/proc/stat', 'latin1').split('\n', 1);
  const [user, nice, system, , , irq, softirq, steal] = total.trim().split(/\s+/).slice(1).map(Number);
  return (
    [user, nice, system, irq, softirq, steal].reduce<number>((all, one) => all + (one ?? 0), 0) * TICK_MS
  );
}

/** The exact time of the threads that live; that of the process, in ticks, where some have ended meanwhile. */
function threadsMs(pid: number, stat: readonly string[]): number {
  const ticksMs = (Number(stat[UTIME]) + Number(stat[STIME])) * TICK_MS;
  try {
    const exactMs = readdirSync(`/proc/${pid}/task`).reduce((all, task) => {
      const [nanoseconds] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'latin1').split(' ');
      return all + Number(nanoseconds) / 1e6;
    }, 0);
    return Math.max(exactMs, ticksMs);
  } catch {
    return ticksMs;
  }
}

function statOf(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null;
  }
}

function memoryKb(pid: number, of: 'VmRSS' | 'RssAnon'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'latin1');
    return Number(new RegExp(`^${of}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : null;
    if (stat) parents.set(Number(name), Number(stat[PPID]));
  }
  const found: number[] = [];
  const next = [pid];
  for (let parent = next.pop(); parent !== undefined; parent = next.pop()) {
    for (const [child, of] of parents) if (of === parent) next.push(child);
    if (parent !== pid) found.push(parent);
  }
  return found;
}
