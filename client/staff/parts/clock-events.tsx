import type { ClockEvent } from '#bank/protocol';
import { Callout } from './callout.tsx';
import { clockWords } from '../words/clock.ts';
import { duration } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { useWords } from '../words/words.ts';

interface ClockEventsProps {
  events: readonly ClockEvent[];
  /** How a moment is written. */
  written(milliseconds: number): string;
}

/** What happened to the server's clock: nobody has to find out by the ends of the candidates. */
export function ClockEvents({ events, written }: ClockEventsProps) {
  const t = useWords(clockWords);
  const language = useLanguage();
  return events.map(({ kind, from, at, byMs }) => (
    <Callout key={`${at} ${byMs}`} tone="care">
      {t(WORDS[kind], {
        from: written(from),
        at: written(at),
        by: duration(Math.round(Math.abs(byMs) / 1000), language),
      })}
    </Callout>
  ));
}

const WORDS = { set: 'clockSet', behind: 'clockBehind', away: 'serverAway' } as const;
