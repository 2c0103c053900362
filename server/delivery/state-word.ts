import type { StateWord } from '#bank/protocol';
import type { Custody } from '#server/custody';
import type { Attempt } from './attempts.ts';
import { endOf, isInTime, isOver } from './fair-time.ts';
import type { Sitting } from './sittings.ts';

/** What delivery needs of custody: the key of an attempt while its exam runs. */
export type SectionKeys = Pick<Custody, 'open' | 'sectionKey' | 'close'>;

/**
 * Where the attempt stands, as its candidate is told. From the deadline on it is closed, also in the moment before
 * the server has closed it. The section key goes out only while the attempt is running, which its `start` on the
 * record has to say first.
 */
export async function stateWord(
  attempt: Attempt,
  sitting: Sitting,
  now: number,
  custody: SectionKeys,
): Promise<StateWord> {
  const { phase, receipt, times } = attempt.state;
  const endsAt = endOf(attempt.state, sitting);
  const isOverdue = isOver(attempt.state, sitting, now) && (phase === 'waiting' || phase === 'running');
  const mayRead = phase === 'running' && isInTime(attempt.state, sitting, now);
  if (mayRead) await custody.open(sitting.exam);
  const key = mayRead ? custody.sectionKey(sitting.exam, attempt.id) : null;
  return {
    state: isOverdue ? 'closed' : phase,
    now,
    ...(sitting.startsAt !== null && { startsAt: sitting.startsAt }),
    ...(endsAt !== null && { endsAt }),
    ...(times.length > 0 && { because: [...times] }),
    ...(key && { sectionKey: Buffer.from(key).toString('base64url') }),
    ...(receipt && { receipt: receipt.code, proof: receipt.proof }),
  };
}
