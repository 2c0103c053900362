import { useEffect, useState } from 'react';
import { BEAT_MS } from '#bank/protocol';
import { clockTime } from '../words/format.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';

const SLOW_AFTER_MS = 3 * BEAT_MS;
const LOST_AFTER_MS = 15_000;
const LOOK_MS = 1_000;

const MARKS = { fresh: '●', slow: '◔', lost: '▲' } as const;
type FreshnessName = keyof typeof MARKS;

/** How current what is shown is, when the server was last heard so long ago. */
export function freshnessOf(ageMs: number): FreshnessName {
  if (ageMs < SLOW_AFTER_MS) return 'fresh';
  return ageMs < LOST_AFTER_MS ? 'slow' : 'lost';
}

/** Whether the wall shows the room as it is now; who looks at old news has to know it. */
export function Freshness({ heardAt }: { heardAt(): number }) {
  const t = useWords(wallWords);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const freshness = freshnessOf(now - heardAt());
  return (
    <output className="freshness" data-tone={TONES[freshness]}>
      <span aria-hidden="true">{MARKS[freshness]} </span>
      {t(WORDS[freshness], { time: clockTime(heardAt()) })}
    </output>
  );
}

const TONES = { fresh: undefined, slow: 'care', lost: 'alarm' } as const;
const WORDS = { fresh: 'newsFresh', slow: 'newsSlow', lost: 'newsLost' } as const;
