import type { Logger } from 'pino';
import type { ExamState, PresencePush } from '#bank/protocol';
import { inSlices, type Delivery } from '#server/delivery';
import type { Clock } from '#server/http';

/** Changes are gathered for so long, so that a viewer gets at most four messages a second. */
const GATHER_MS = 250;
/** Candidates in one message; the others follow in the next. */
const MOST_AT_ONCE = 500;

/** What a viewer of an exam is given. */
export type Show = (push: PresencePush) => void;

/** What is pushed of one exam, to all who watch it. */
export interface Feed {
  /** Gives what ends it. */
  show(viewer: Show): () => void;
}

interface FeedDeps {
  delivery: Pick<Delivery, 'presence' | 'watch'>;
  clock: Clock;
  log: Logger;
  /** How the exam stands. */
  stateOf(exam: string): Promise<ExamState>;
}

/** Listens to the exam while somebody watches it; `onIdle` is told when nobody does. */
export function createFeed(deps: FeedDeps, exam: string, onIdle: () => void): Feed {
  const { delivery, clock, log, stateOf } = deps;
  const viewers = new Set<Show>();
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | null = null;

  function arm(): void {
    timer ??= setTimeout(() => {
      push()
        .catch((error: unknown) => log.error({ err: error, exam }, 'presence could not be pushed'))
        .finally(() => {
          timer = null;
          if (changed.size > 0) arm();
        });
    }, GATHER_MS);
    timer.unref();
  }

  async function push(): Promise<void> {
    const attempts = [...changed].slice(0, MOST_AT_ONCE);
    for (const attempt of attempts) changed.delete(attempt);
    const [state, standings] = await Promise.all([
      stateOf(exam),
      Promise.all(attempts.map((attempt) => delivery.presence(attempt))),
    ]);
    const message = { exam, state, now: clock.now(), standings };
    await inSlices([...viewers], async (show) => show(message));
  }

  const unwatch = delivery.watch(exam, (attempt) => {
    changed.add(attempt);
    arm();
  });

  return {
    show(viewer) {
      viewers.add(viewer);
      return () => {
        viewers.delete(viewer);
        if (viewers.size > 0) return;
        unwatch();
        changed.clear();
        if (timer) clearTimeout(timer);
        onIdle();
      };
    },
  };
}
