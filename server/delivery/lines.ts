import type { Logger } from 'pino';
import { timePolicyAt, type Outage } from '#bank/protocol';
import type { Attempt } from './attempt.ts';
import type { Attempts } from './attempts.ts';
import type { AttemptContext } from './joining.ts';
import type { AttemptRecord } from './records.ts';
import { allows } from './transitions.ts';

/** The server's own record of the lines to its candidates: gaps that a page does not bridge by itself are noted. */
export interface Lines {
  /** The line is gone, since `from`: milliseconds since 1970, UTC. */
  lost(attempt: string, from: number, cause: Outage['cause']): void;
  /** Nothing has come for so long that the line must be gone since `from`. */
  missed(attempt: string, from: number): void;
  /** The device has been heard again. */
  regained(attempt: string): void;
  /** Since when there is no line; null when there is one, or its loss is on the record. */
  gapOf(attempt: string): Pick<Outage, 'from' | 'cause'> | null;
  /** Time goes on again: an outage that began before counts from now. */
  resumed(attempt: string): void;
  stop(): void;
}

interface Gap {
  from: number;
  cause: Outage['cause'];
  timer: ReturnType<typeof setTimeout>;
}

export function createLines(deps: { attempts: Attempts; context: AttemptContext; log: Logger }): Lines {
  const { attempts, context, log } = deps;
  const gaps = new Map<string, Gap>();
  let isStopped = false;

  function lost(
    id: string,
    from: number,
    cause: Outage['cause'],
    patience = timePolicyAt(from).outageFromMs,
  ): void {
    if (isStopped) return;
    clearTimeout(gaps.get(id)?.timer);
    const timer = setTimeout(() => note(id), patience);
    timer.unref();
    gaps.set(id, { from, cause, timer });
  }

  function note(id: string): void {
    inTurn(id, (attempt) => {
      const gap = gaps.get(id);
      return gap && allows(attempt.state.phase, 'lose') ? [lostRecord(attempt, gap, context.now())] : [];
    });
  }

  /** At once if the attempt is in memory, so that who has just come back finds it noted. */
  function inTurn(id: string, recordsOf: (attempt: Attempt) => AttemptRecord[]): void {
    const put = (attempt: Attempt) => attempt.run(() => record(attempt, recordsOf(attempt)));
    const known = attempts.inMemory(id);
    const putting = known ? put(known) : attempts.get(id).then(put);
    putting.catch((error: unknown) => {
      log.error({ err: error, attempt: id }, 'an outage could not be recorded');
    });
  }

  async function record(attempt: Attempt, records: readonly AttemptRecord[]): Promise<void> {
    if (records.length === 0) return;
    await attempt.record(records);
    context.onTransition(attempt.id);
  }

  return {
    lost: (id, from, cause) => lost(id, from, cause),
    missed: (id, from) => lost(id, from, 'line', 0),
    regained(id) {
      const gap = gaps.get(id);
      if (gap) clearTimeout(gap.timer);
      gaps.delete(id);
      const at = context.now();
      if (!gap && attempts.inMemory(id)?.state.phase !== 'disconnected') return;
      inTurn(id, (attempt) => {
        const isNoted = attempt.state.phase === 'disconnected';
        const isWorthNoting = gap && at - gap.from >= timePolicyAt(at).outageFromMs;
        if (!isNoted && !(isWorthNoting && allows(attempt.state.phase, 'lose'))) return [];
        const before = isNoted || !gap ? [] : [lostRecord(attempt, gap, at)];
        return [...before, { attempt: id, type: 'line', at, data: { ...whoseOf(attempt), is: 'back' } }];
      });
    },
    gapOf(id) {
      const gap = gaps.get(id);
      return gap ? { from: gap.from, cause: gap.cause } : null;
    },
    resumed(id) {
      const gap = gaps.get(id);
      if (gap) lost(id, context.now(), gap.cause);
    },
    stop() {
      isStopped = true;
      for (const { timer } of gaps.values()) clearTimeout(timer);
      gaps.clear();
    },
  };
}

/** What was lost before the attempt began has cost it nothing. */
function lostRecord(attempt: Attempt, gap: Gap, at: number): AttemptRecord {
  const from = Math.max(gap.from, attempt.state.startedAt ?? 0);
  const data = { ...whoseOf(attempt), is: 'lost' as const, from, cause: gap.cause };
  return { attempt: attempt.id, type: 'line', at, data };
}

function whoseOf({ paper: { exam, candidate } }: Attempt) {
  return { exam, candidate };
}
