import type { ClockEvent } from '#bank/protocol';
import { Callout } from '../parts/callout.tsx';
import { clockTime, duration } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';

/** What happened to the server's clock during the exam: nobody has to find out by the ends of the candidates. */
export function ClockEvents({ events }: { events: readonly ClockEvent[] }) {
  const t = useWords(wallWords);
  const language = useLanguage();
  return events.map(({ kind, from, at, byMs }) => (
    <Callout key={`${at} ${byMs}`} tone="care">
      {t(WORDS[kind], {
        from: clockTime(from),
        at: clockTime(at),
        by: duration(Math.round(Math.abs(byMs) / 1000), language),
      })}
    </Callout>
  ));
}

const WORDS = { set: 'clockSet', behind: 'clockBehind', away: 'serverAway' } as const;
