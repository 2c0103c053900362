import { DomainError } from '#bank/protocol';
import type { Clock } from '#server/http';

/** A page gives a call up after 15 seconds. */
const LONGEST_MS = 10_000;
const COME_BACK_SECONDS = 5;

interface Waiting {
  since: number;
  enter(): void;
  refuse(error: DomainError): void;
}

/**
 * Lets those who come in one after the other, in the order in which they came, one with each turn of the event loop: each
 * soon connects and joins, which takes a millisecond. So a hall that comes at once keeps nobody waiting who is in already
 * and saves.
 */
export interface Admission {
  /** Resolves when it is the caller's turn. @throws DomainError `joining-busy` when that takes longer than a page waits */
  turn(): Promise<void>;
}

export function createAdmission({ now }: Pick<Clock, 'now'>): Admission {
  const waiting: Waiting[] = [];

  function letIn(): void {
    const refused = waiting.findIndex(({ since }) => now() - since <= LONGEST_MS);
    const late = waiting.splice(0, refused < 0 ? waiting.length : refused);
    for (const { refuse } of late)
      refuse(new DomainError('joining-busy', 503, { seconds: COME_BACK_SECONDS }));
    waiting.shift()?.enter();
    if (waiting.length > 0) setImmediate(letIn);
  }

  return {
    turn() {
      return new Promise((resolve, reject) => {
        waiting.push({ since: now(), enter: resolve, refuse: reject });
        if (waiting.length === 1) setImmediate(letIn);
      });
    },
  };
}
