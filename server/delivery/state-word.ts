import type { AttemptPhase, CandidatePhase, StateWord } from '#bank/protocol';
import type { Custody } from '#server/custody';
import type { Attempt } from './attempt.ts';
import { endOf, isInTime, isOver, leftOf } from './fair-time.ts';
import { isSectionOver, sectionWord } from './sections.ts';
import type { Sitting } from './sittings.ts';
import { isFinal, isWriting } from './transitions.ts';

/** What delivery needs of custody: the keys of attempts and recordings while their exam runs. */
export type SectionKeys = Pick<Custody, 'open' | 'sectionKey' | 'mediaKey' | 'close'>;

/**
 * Where the attempt stands, as its candidate is told. From the deadline on it is closed, also in the moment before
 * the server has closed it. The key goes out only while the attempt is running, and is that of the section that
 * its record says has begun and whose time is not over.
 */
export async function stateWord(
  attempt: Attempt,
  sitting: Sitting,
  now: number,
  custody: SectionKeys,
): Promise<StateWord> {
  const { phase, receipt, times } = attempt.state;
  const endsAt = endOf(attempt.state, sitting);
  const left = leftOf(attempt.state, sitting);
  const isOverdue = isOver(attempt.state, sitting, now) && phase !== 'submitted' && !isFinal(phase);
  const section = sectionWord(attempt.state, sitting);
  const mayRead =
    isWriting(phase) && isInTime(attempt.state, sitting, now) && !isSectionOver(attempt.state, sitting, now);
  if (mayRead) await custody.open(sitting.exam);
  const key = mayRead ? custody.sectionKey(sitting.exam, attempt.id, section?.number ?? 0) : null;
  return {
    state: isOverdue ? 'closed' : toldAs(phase),
    now,
    ...(sitting.startsAt !== null && { startsAt: sitting.startsAt }),
    ...(endsAt !== null && { endsAt }),
    ...(left !== null && { left }),
    ...(times.length > 0 && { because: [...times] }),
    ...(section && { section }),
    ...(key && { sectionKey: Buffer.from(key).toString('base64url') }),
    ...(receipt && { receipt: receipt.code, proof: receipt.proof }),
  };
}

/** Who asks has a device and a line, whatever the record says of them; an attempt that was replaced is closed. */
function toldAs(phase: AttemptPhase): CandidatePhase {
  if (phase === 'admitted') return 'waiting';
  if (phase === 'disconnected') return 'running';
  return phase === 'superseded' ? 'closed' : phase;
}
