/**
 * Preloaded into a server: tells its parent, when asked, for how long its event loop was held up since last asked, in
 * milliseconds. `longest` is what others waited, also because other programs had the processor; `work` (Linux) is
 * the processor time between two turns of a timer, which a busy machine does not change.
 */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.send) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let work = 0;
  let before = worked();
  setInterval(() => {
    const now = worked();
    work = Math.max(work, now - before);
    before = now;
  }, 1).unref();
  process.on('message', () => {
    process.send?.({ longest: delay.max / 1e6, work });
    delay.reset();
    work = 0;
  });
  process.channel?.unref();
}

/** Milliseconds that the main thread has had the processor. */
function worked() {
  try {
    return Number(readFileSync('/proc/self/schedstat', 'latin1').split(' ', 1)[0]) / 1e6;
  } catch {
    return 0;
  }
}
