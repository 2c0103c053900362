import { Type } from '@sinclair/typebox';
import type { Logger } from 'pino';
import { DomainError, Id, JobView } from '#bank/protocol';
import { newId } from '#bank/vault';
import { StandbyMissing, Unavailable } from '#server/storage';
import type { Clock } from './clock.ts';
import { defineRoute, type Route } from './route.ts';

/** Tells how far a job is; `total` may grow while it runs. */
export type Progress = (done: number, total: number) => void;

/**
 * Long work of one process: answers at once with an id, tells progress, can be cancelled. The newest jobs of a person
 * are kept for an hour after their end. What one staged in the Store is swept by its module when the process dies
 * with it.
 */
export interface Jobs {
  /**
   * A place for work that a request is about to do or to start; the caller frees it. Places taken and running jobs of
   * one person are so many at most.
   *
   * @throws DomainError `too-many-jobs`
   */
  reserve(owner: string): () => void;
  start(
    owner: string,
    kind: string,
    work: (progress: Progress, signal: AbortSignal) => Promise<unknown>,
  ): JobView;
  view(owner: string, id: string): JobView;
  cancel(owner: string, id: string): JobView;
  /** Cancels what runs and waits for it. */
  stop(): Promise<void>;
}

/** Jobs of one person at once, when nothing else is set. */
export const JOBS_AT_ONCE = 4;
const KEEP_MS = 60 * 60 * 1000;
/** Jobs of one person that are remembered. */
const KEPT = 100;

interface Entry {
  view: JobView;
  abort: AbortController;
  ended: Promise<void>;
  endedAt: number | null;
}

export function createJobs(deps: { clock: Clock; log: Logger; atOnce: number }): Jobs {
  const { clock, log, atOnce } = deps;
  /** By owner, then by id and age. */
  const entries = new Map<string, Map<string, Entry>>();
  const reserved = new Map<string, number>();

  function find(owner: string, id: string): Entry {
    const entry = entries.get(owner)?.get(id);
    if (!entry) throw new DomainError('not-found', 404);
    return entry;
  }

  function forgetOld(): void {
    const limit = clock.now() - KEEP_MS;
    for (const [owner, own] of entries) {
      for (const [id, { endedAt }] of own)
        if (endedAt !== null && (endedAt < limit || own.size >= KEPT)) own.delete(id);
      if (own.size === 0) entries.delete(owner);
    }
  }

  function running(owner: string): number {
    return [...(entries.get(owner)?.values() ?? [])].filter(({ endedAt }) => endedAt === null).length;
  }

  return {
    reserve(owner) {
      const places = reserved.get(owner) ?? 0;
      if (places + running(owner) >= atOnce) throw new DomainError('too-many-jobs', 429, { max: atOnce });
      reserved.set(owner, places + 1);
      let isFree = false;
      return () => {
        if (isFree) return;
        isFree = true;
        const left = (reserved.get(owner) ?? 1) - 1;
        if (left > 0) reserved.set(owner, left);
        else reserved.delete(owner);
      };
    },
    start(owner, kind, work) {
      forgetOld();
      const abort = new AbortController();
      const view: JobView = { id: newId(), kind, state: 'running', done: 0, total: 0 };
      const entry: Entry = { view, abort, ended: Promise.resolve(), endedAt: null };
      entry.ended = run(view, abort.signal, work, log).finally(() => {
        entry.endedAt = clock.now();
      });
      const own = entries.get(owner) ?? new Map<string, Entry>();
      entries.set(owner, own.set(view.id, entry));
      return { ...view };
    },
    view: (owner, id) => ({ ...find(owner, id).view }),
    cancel(owner, id) {
      const entry = find(owner, id);
      entry.abort.abort();
      return { ...entry.view };
    },
    async stop() {
      const all = [...entries.values()].flatMap((own) => [...own.values()]);
      for (const entry of all) entry.abort.abort();
      await Promise.all(all.map((entry) => entry.ended));
    },
  };
}

async function run(
  view: JobView,
  signal: AbortSignal,
  work: (progress: Progress, signal: AbortSignal) => Promise<unknown>,
  log: Logger,
): Promise<void> {
  try {
    const result = await work((done, total) => Object.assign(view, { done, total }), signal);
    Object.assign(view, { state: 'done', result, done: Math.max(view.done, view.total) });
  } catch (error) {
    if (signal.aborted) view.state = 'cancelled';
    else {
      const known = error instanceof DomainError;
      if (!known) log.error({ job: view.id, kind: view.kind, err: error }, 'job failed');
      Object.assign(view, {
        state: 'failed',
        error: known ? { code: error.code, values: error.values } : { code: codeOf(error), values: {} },
      });
    }
  }
}

function codeOf(error: unknown): string {
  if (error instanceof StandbyMissing) return 'standby-missing';
  return error instanceof Unavailable ? 'unavailable' : 'internal';
}

const JobParams = Type.Object({ job: Id });

/** How pages follow a job: poll it, or cancel it. Only who started a job sees it. */
export function jobRoutes(jobs: Jobs): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/jobs/:job',
      access: 'staff',
      summary: 'State and progress of a job of the caller.',
      params: JobParams,
      response: JobView,
      handle: ({ actor, params }) => jobs.view(actor.user, params.job),
    }),
    defineRoute({
      method: 'delete',
      path: '/jobs/:job',
      access: 'staff',
      summary: 'Cancels a job of the caller.',
      params: JobParams,
      response: JobView,
      handle: ({ actor, params }) => jobs.cancel(actor.user, params.job),
    }),
  ];
}
