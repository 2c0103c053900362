import { Unavailable } from '../store.ts';

/**
 * `follow`: this disk alone acknowledges, the standby follows as it can. `both`: nothing is acknowledged before both
 * disks have it.
 */
export type StandbyMode = 'follow' | 'both';

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

const NOT_IN_STEP =
  'The standby is not in step and NIEM_STANDBY_MODE is both, so nothing is acknowledged. Start the standby again or ' +
  'mend the network; who decides to go on with one disk restarts this server with NIEM_STANDBY_MODE=follow.';

/** Decides what may be acknowledged. It is the only place that does. */
export interface Agreement {
  state(): StandbyState;
  /** Whether anything may be accepted now. */
  accepts(): boolean;
  /** @throws Unavailable when nothing may be accepted now */
  admit(): void;
  /** Resolves once this may be acknowledged; rejects when this process never may again. */
  reached(of: keyof Confirmed, number: number): Promise<void>;
  /** Resolves when it is in step for the first time; at once where nothing waits for it. */
  readyToServe(): Promise<void>;
  /** Told by the link. */
  enter(state: StandbyState): void;
  confirm(confirmed: Confirmed): void;
  /** Nothing is accepted or acknowledged any more, for good. */
  end(reason: Unavailable): void;
  /** The server stops: what waits for a standby that is not in step is given up instead of waited for. */
  stop(): void;
}

export function createAgreement(mode: StandbyMode): Agreement {
  let state: StandbyState = 'absent';
  let confirmed: Confirmed = { batch: 0, seq: 0 };
  let ended: Unavailable | null = null;
  let isStopping = false;
  let waiters: Waiter[] = [];
  const starting: { resolve(): void; reject(error: Unavailable): void }[] = [];

  function settle(): void {
    const left: Waiter[] = [];
    for (const waiter of waiters) {
      if (ended) waiter.reject(ended);
      else if (state === 'in-step' && confirmed[waiter.of] >= waiter.number) waiter.resolve();
      else left.push(waiter);
    }
    waiters = left;
    if (ended) for (const { reject } of starting.splice(0)) reject(ended);
    else if (state === 'in-step') for (const { resolve } of starting.splice(0)) resolve();
  }

  function giveUpWhenStopping(): void {
    if (mode === 'both' && isStopping && state !== 'in-step') end(new Unavailable(NOT_IN_STEP));
  }

  function end(reason: Unavailable): void {
    ended ??= reason;
    settle();
  }

  const accepts = () => !ended && (mode === 'follow' || state === 'in-step');

  return {
    state: () => state,
    accepts,
    admit() {
      if (!accepts()) throw ended ?? new Unavailable(NOT_IN_STEP);
    },
    reached(of, number) {
      if (ended) return Promise.reject(ended);
      if (mode === 'follow') return Promise.resolve();
      return new Promise((resolve, reject) => {
        waiters.push({ of, number, resolve, reject });
        settle();
      });
    },
    readyToServe() {
      if (mode === 'follow') return Promise.resolve();
      return new Promise((resolve, reject) => {
        starting.push({ resolve, reject });
        settle();
      });
    },
    enter(next) {
      state = next;
      giveUpWhenStopping();
      settle();
    },
    confirm(next) {
      confirmed = next;
      settle();
    },
    end,
    stop() {
      isStopping = true;
      giveUpWhenStopping();
    },
  };
}
