import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { JobView } from '#bank/protocol';
import { api } from './client.ts';

const POLL_MS = 500;

function remembered(place: string): string | null {
  try {
    return sessionStorage.getItem(place);
  } catch {
    return null;
  }
}

function remember(place: string, job: string | null): void {
  try {
    if (job === null) sessionStorage.removeItem(place);
    else sessionStorage.setItem(place, job);
  } catch {
    /* Without storage a job is no longer followed after a reload. */
  }
}

/** Lets the page that uses this name follow a job that another page started. */
export function followLater(name: string, job: string): void {
  remember(placeOf(name), job);
}

function placeOf(name: string): string {
  return `niem-job:${name}`;
}

/** Long work of the server as a page follows it. */
export interface Job<Result> {
  /** Null before anything was started. */
  view: JobView | null;
  isRunning: boolean;
  result: Result | null;
  /** Why it could not be started or followed; a job that failed says so in `view`. */
  error: unknown;
  start(): void;
  cancel(): void;
  /** Forgets the job that has ended. */
  clear(): void;
}

interface JobOptions {
  /** Names the work, such as `seal:<exam>`; a reload of the page goes on following under this name. */
  name: string;
  start(): Promise<{ id: string } | { job: string }>;
  onDone?(): void;
}

/** Starts a job and polls it to its end. */
export function useJob<Result>({ name, start, onDone }: JobOptions): Job<Result> {
  const place = placeOf(name);
  const queries = useQueryClient();
  const [id, setId] = useState(() => remembered(place));
  const follow = (job: string | null) => {
    remember(place, job);
    setId(job);
  };
  const starting = useMutation({
    mutationFn: start,
    onSuccess: (started) => follow('job' in started ? started.job : started.id),
  });
  const key = ['job', id];
  const followed = useQuery({
    queryKey: key,
    queryFn: () => api.get<JobView>(`/jobs/${id}`),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? POLL_MS : false),
    staleTime: Infinity,
  });
  const stopping = useMutation({
    mutationFn: () => api.remove<JobView>(`/jobs/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  });
  const view = id === null ? null : (followed.data ?? null);
  const state = view?.state;
  useEffect(() => {
    if (state === 'done') onDone?.();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- told once per end, whoever is listening then
  }, [state, id]);
  return {
    view,
    isRunning: starting.isPending || (id !== null && followed.isPending) || state === 'running',
    result: state === 'done' ? (view?.result as Result) : null,
    error: starting.error ?? followed.error,
    start: () => starting.mutate(),
    cancel: () => stopping.mutate(),
    clear: () => {
      starting.reset();
      follow(null);
    },
  };
}
