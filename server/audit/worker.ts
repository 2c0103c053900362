const RETRY_MS = 1000;

interface Worker {
  poke(): void;
  drained(): Promise<void>;
  failure(): unknown;
  stop(): Promise<void>;
}

/**
 * Runs one job at a time, as often as it is poked and as long as it says that there is more. Pokes during a run
 * together cause one more. After a failure it tries again by itself.
 */
export function createWorker(job: () => Promise<boolean>, report?: (error: unknown) => void): Worker {
  let wanted = false;
  let stopped = false;
  let running: Promise<void> | null = null;
  let failure: unknown = null;
  let retry: NodeJS.Timeout | undefined;

  async function run(): Promise<void> {
    clearTimeout(retry);
    try {
      while (wanted) {
        wanted = false;
        if (await job()) wanted = true;
        failure = null;
      }
    } catch (error) {
      failure = error;
      report?.(error);
      if (!stopped) retry = setTimeout(poke, RETRY_MS).unref();
    } finally {
      running = null;
    }
  }

  function poke(): void {
    wanted = true;
    if (!stopped) running ??= run();
  }

  async function drained(): Promise<void> {
    poke();
    await running;
    if (failure !== null) throw failure;
  }

  return {
    poke,
    drained,
    failure: () => failure,
    async stop() {
      if (stopped) return;
      await drained().catch(() => undefined);
      stopped = true;
      clearTimeout(retry);
      await running;
    },
  };
}
