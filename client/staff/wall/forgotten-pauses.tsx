import { timePolicyAt } from '#bank/protocol';
import { Callout } from '../parts/callout.tsx';
import { dateTime, duration, number } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';
import type { Presence } from './presence-queries.ts';

/** Reminds of clocks that have been stopped for long, and says what happens when nobody starts them again. */
export function ForgottenPauses({ presence: { candidates, now } }: { presence: Presence }) {
  const t = useWords(wallWords);
  const language = useLanguage();
  const { pauseWarnMs } = timePolicyAt(now);
  const closings = candidates.flatMap(({ paused }) =>
    paused && now - paused.since >= pauseWarnMs ? [paused.closesAt] : [],
  );
  if (closings.length === 0) return null;
  return (
    <Callout tone="care">
      {t('pausedLong', {
        n: number(closings.length, language),
        time: duration(pauseWarnMs / 1000, language),
        at: dateTime(Math.min(...closings)),
      })}
    </Callout>
  );
}
