import { useEffect, useState } from 'react';
import { CAN_WRITE } from './standing.ts';
import { clockTime } from '../words/format.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';
import type { Presence } from './presence-queries.ts';

const TICK_MS = 1_000;

/** Time left by the server's clock: the device only counts on from the last answer. */
export function Clock({ presence }: { presence: Presence }) {
  const t = useWords(wallWords);
  const { now, state } = presence;
  const endsAt = lastEnd(presence);
  const elapsed = useElapsed(now);
  if (endsAt === undefined) return <p>{t('startsBy')}</p>;
  if (state === 'open' && isStopped(presence)) return <p className="wall-clock">{t('allPaused')}</p>;
  const left = Math.max(0, endsAt - now - elapsed);
  if (state !== 'open' || left === 0) return <p>{t('over', { time: clockTime(endsAt) })}</p>;
  return (
    <p className="wall-clock" role="timer" aria-live="off">
      {t('endsAt', { time: clockTime(endsAt), left: countdown(left) })}
    </p>
  );
}

/** When the last of those who may still answer ends; the end of the exam when there is none of them. */
function lastEnd({ endsAt, candidates }: Presence): number | undefined {
  if (endsAt === undefined) return undefined;
  const writing = candidates.filter(({ state }) => CAN_WRITE.has(state));
  return writing.reduce((last, candidate) => Math.max(last, candidate.endsAt ?? last), endsAt);
}

/** Whether the clock of everybody who may still answer stands still. */
function isStopped({ candidates }: Presence): boolean {
  const writing = candidates.filter(({ state }) => CAN_WRITE.has(state));
  return writing.length > 0 && writing.every(({ state }) => state === 'paused');
}

/** Milliseconds since `mark` was last another one, in steps of a second. */
function useElapsed(mark: number): number {
  const [elapsed, setElapsed] = useState({ mark, milliseconds: 0 });
  useEffect(() => {
    const start = performance.now();
    const tick = () => setElapsed({ mark, milliseconds: performance.now() - start });
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [mark]);
  return elapsed.mark === mark ? elapsed.milliseconds : 0;
}

/** `1:05:09` or `05:09`. */
function countdown(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
}
