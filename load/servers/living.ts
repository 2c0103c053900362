const living = new Set<number>();

process.on('exit', () => {
  for (const pid of living) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));

/** A server that is to end with this process, whatever ends it. */
export function endsWithUs(pid: number | undefined): void {
  if (pid !== undefined) living.add(pid);
}

/** It has ended; its number may be somebody else's soon. */
export function hasEnded(pid: number | undefined): void {
  if (pid !== undefined) living.delete(pid);
}
