import { readFileSync } from 'node:fs';

/** Time by a clock that nobody can set: since the start of this computer, time asleep included. */
export interface Uptime {
  /** Names the run of the computer; another after each start of it. */
  boot: string;
  sinceMs: number;
}

/** Reads it now; null where the system does not tell. */
export type ReadUptime = () => Uptime | null;

/** So far what two files say of the same moment may differ. */
const TOLERANCE_MS = 1000;

/**
 * Linux tells it in `/proc` (proc(5): `uptime` is CLOCK_BOOTTIME). Some containers tell there since when they run
 * themselves, under the `boot_id` of their host: that falls behind the monotonic clock of the kernel, and is not
 * taken.
 */
export const readUptime: ReadUptime = () => {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const sinceMs = Math.round(Number.parseFloat(readFileSync('/proc/uptime', 'utf8')) * 1000);
    const monotonicMs = Number(process.hrtime.bigint() / 1_000_000n);
    return boot !== '' && sinceMs + TOLERANCE_MS >= monotonicMs ? { boot, sinceMs } : null;
  } catch {
    return null;
  }
};
