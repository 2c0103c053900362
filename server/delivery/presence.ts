import type { AttemptPhase, SectionWord, TimeChange } from '#bank/protocol';
import type { Attempt } from './attempt.ts';
import { endOf, forgottenAt, leftOf } from './fair-time.ts';
import { sectionWord } from './sections.ts';
import type { Sitting } from './sittings.ts';

/** What staff may see of an attempt while it is written. */
export interface Presence {
  attempt: string;
  state: AttemptPhase;
  connected: boolean;
  /** Every answer up to this `seq` is saved. */
  watermark: number;
  /** Slots with an answer that is not empty. */
  answered: number;
  lastSavedAt: number | null;
  /** Devices that have had the attempt. */
  devices: number;
  /** Answers held for a decision. */
  held: number;
  endsAt?: number;
  /** Milliseconds that a paused attempt still has. */
  left?: number;
  /** Since when its clock stands, and when it is closed if nobody lets it go on. */
  paused?: { since: number; closesAt: number };
  section?: SectionWord;
  /** Why it ends then and not with its exam. */
  because: TimeChange[];
}

export function presenceOf(
  { id, state, book, paper }: Attempt,
  sitting: Sitting,
  connected: boolean,
): Presence {
  const endsAt = endOf(state, sitting);
  const left = leftOf(state, sitting);
  const closesAt = forgottenAt(state, sitting);
  const section = sectionWord(state, sitting);
  const { answered, lastAt } = book.latest.summary(paper.kinds.length);
  return {
    attempt: id,
    state: state.phase,
    connected,
    watermark: book.watermark,
    answered,
    lastSavedAt: lastAt,
    devices: state.leases.length,
    held: book.heldCount,
    ...(endsAt !== null && { endsAt }),
    ...(left !== null && { left }),
    ...(state.pause && closesAt !== null && { paused: { since: state.pause.at, closesAt } }),
    ...(section && { section }),
    because: [...state.times],
  };
}
