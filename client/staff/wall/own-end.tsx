import type { PresentCandidate } from '#bank/protocol';
import { clockTime, duration } from '../words/format.ts';
import { useLanguage } from '../words/language.ts';
import { timeReasonNames } from '../words/time-reasons.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';

/** When a candidate ends who has been given more time, and why. */
export function OwnEnd({ candidate }: { candidate: PresentCandidate }) {
  const t = useWords(wallWords);
  const reasonName = useWords(timeReasonNames);
  const language = useLanguage();
  const { endsAt, because, left } = candidate;
  if (left !== undefined) {
    const time = duration(Math.ceil(left / 1000), language);
    return <span className="quiet"> · {t('leftWhenResumed', { time })}</span>;
  }
  if (endsAt === undefined || because.length === 0) return null;
  const reasons = because.map(({ ms, reason }) =>
    ms < 60_000
      ? t('addedSecondsFor', { n: Math.round(ms / 1000), reason: reasonName(reason) })
      : t('addedFor', { n: Math.round(ms / 60_000), reason: reasonName(reason) }),
  );
  return (
    <span className="quiet"> · {t('ownEnd', { time: clockTime(endsAt), reasons: reasons.join('; ') })}</span>
  );
}
