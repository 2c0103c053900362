import { StandbyMissing, type Unavailable } from '../store.ts';

/**
 * `absent`: not connected, or it refuses. `behind`: it is being sent what it lacks. `in-step`: it had everything, and
 * has answered ever since.
 */
export type StandbyState = 'absent' | 'behind' | 'in-step';

/** What is on the standby's disk: batches of the journal, commits of the store, up to these numbers. */
export interface Confirmed {
  batch: number;
  seq: number;
}

interface Waiter {
  of: keyof Confirmed;
  number: number;
  resolve(): void;
  reject(error: Unavailable): void;
}

/**
 * Decides what may be acknowledged. It is the only place that does. What is on this disk may be, as long as no other
 * server has taken its place; what needs both disks, when the standby says that it has it.
 */
export interface Agreement {
  state(): StandbyState;
  /** Whether anything may be acknowledged now. */
  accepts(): boolean;
  /** @throws Unavailable when nothing may be acknowledged any more */
  admit(): void;
  /** @throws StandbyMissing when nothing that needs both disks may be acknowledged now */
  admitOnBoth(): void;
  /**
   * Resolves once the standby has it.
   *
   * @throws StandbyMissing when the standby is not in step, or is lost meanwhile: it may get it later all the same
   */
  onBoth(of: keyof Confirmed, number: number): Promise<void>;
  /** Told by the link. */
  enter(state: StandbyState): void;
  confirm(confirmed: Confirmed): void;
  /** Nothing is acknowledged any more, for good. */
  end(reason: Unavailable): void;
}

export function createAgreement(): Agreement {
  let state: StandbyState = 'absent';
  let confirmed: Confirmed = { batch: 0, seq: 0 };
  let ended: Unavailable | null = null;
  let waiters: Waiter[] = [];

  /** Why nothing that needs both disks may be acknowledged now; null when it may. */
  const hindrance = () => ended ?? (state === 'in-step' ? null : new StandbyMissing());

  function settle(): void {
    const reason = hindrance();
    const left: Waiter[] = [];
    for (const waiter of waiters) {
      if (reason) waiter.reject(reason);
      else if (confirmed[waiter.of] >= waiter.number) waiter.resolve();
      else left.push(waiter);
    }
    waiters = left;
  }

  return {
    state: () => state,
    accepts: () => ended === null,
    admit() {
      if (ended) throw ended;
    },
    admitOnBoth() {
      const reason = hindrance();
      if (reason) throw reason;
    },
    onBoth(of, number) {
      return new Promise((resolve, reject) => {
        waiters.push({ of, number, resolve, reject });
        settle();
      });
    },
    enter(next) {
      state = next;
      settle();
    },
    confirm(next) {
      confirmed = next;
      settle();
    },
    end(reason) {
      ended ??= reason;
      settle();
    },
  };
}
