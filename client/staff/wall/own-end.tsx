import type { PresentCandidate } from '#bank/protocol';
import { clockTime } from '../words/format.ts';
import { timeReasonNames } from '../words/time-reasons.ts';
import { wallWords } from '../words/wall.ts';
import { useWords } from '../words/words.ts';

/** When a candidate ends who has been given more time, and why. */
export function OwnEnd({ candidate }: { candidate: PresentCandidate }) {
  const t = useWords(wallWords);
  const reasonName = useWords(timeReasonNames);
  const { endsAt, because } = candidate;
  if (endsAt === undefined || because.length === 0) return null;
  const reasons = because.map(({ ms, reason }) =>
    t('addedFor', { n: ms / 60_000, reason: reasonName(reason) }),
  );
  return (
    <span className="quiet"> · {t('ownEnd', { time: clockTime(endsAt), reasons: reasons.join('; ') })}</span>
  );
}
