import type { Logger } from 'pino';

const RETRY_MS = 5000;
/** The longest delay that a timer takes. */
const LONGEST_MS = 2 ** 31 - 1;

interface Deadline {
  /** Looks again when the next deadline is. */
  arm(): void;
  /** Does now what is due; resolves when it is done. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

/** Runs `work` at the next deadline, and again a little later as long as it fails. */
export function createDeadline(deps: {
  now(): number;
  /** The earliest deadline that has not been dealt with; null when there is none. */
  next(): number | null;
  work(): Promise<void>;
  log: Logger;
}): Deadline {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | null = null;
  let isStopped = false;

  function wait(delay: number): void {
    clearTimeout(timer);
    if (isStopped) return;
    timer = setTimeout(fire, Math.min(LONGEST_MS, Math.max(0, delay)));
    timer.unref();
  }

  function arm(): void {
    const next = deps.next();
    if (next !== null) wait(next - deps.now());
  }

  function fire(): void {
    run().then(arm, (error: unknown) => {
      deps.log.error({ err: error }, 'closing at the deadline failed; it is tried again');
      wait(RETRY_MS);
    });
  }

  /** Work that is under way may have looked too early: it is waited for, then done again. */
  function run(): Promise<void> {
    const before = running?.catch(() => undefined) ?? Promise.resolve();
    const turn = before.then(deps.work);
    running = turn;
    const over = (): void => {
      if (running === turn) running = null;
    };
    turn.then(over, over);
    return turn;
  }

  return {
    arm,
    run,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running?.catch(() => undefined);
    },
  };
}
