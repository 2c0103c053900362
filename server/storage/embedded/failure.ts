import { Unavailable } from '../store.ts';

/** The first failed write of a store, after which it acknowledges nothing until it is opened again. */
interface Failure {
  /** Rejects with Unavailable once a write has failed; never resolves. */
  readonly promise: Promise<never>;
  /** Throws Unavailable once a write has failed. */
  check(): void;
  happened(): boolean;
  set(error: unknown): void;
}

export function createFailure(): Failure {
  let failure: Unavailable | undefined;
  let reject: (error: Unavailable) => void;
  const promise = new Promise<never>((_resolve, fail) => {
    reject = fail;
  });
  promise.catch(() => undefined);
  return {
    promise,
    check() {
      if (failure) throw failure;
    },
    happened: () => failure !== undefined,
    set(error) {
      if (failure) return;
      failure = asUnavailable(error);
      reject(failure);
    },
  };
}

/** lmdb rejects with "Commit failed" and hides the reason in a promise that must be listened to. */
export async function causeOf(error: unknown): Promise<unknown> {
  if (!(error instanceof Error) || !('commitError' in error)) return error;
  return Promise.resolve(error.commitError).catch((cause: unknown) => cause);
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function asUnavailable(error: unknown): Unavailable {
  if (error instanceof Unavailable) return error;
  return new Unavailable(
    `The store could not write (${reasonOf(error)}). Nothing is acknowledged any more; make room on the disk or replace it, then start again.`,
    { cause: error },
  );
}
