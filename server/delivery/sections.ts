import { DomainError, type LeaveSection, type SectionLeft, type SectionWord } from '#bank/protocol';
import type { AttemptState } from './attempt-state.ts';
import type { Attempt, PaperShape } from './attempt.ts';
import { isOver, sectionEndOf, sectionLeftOf } from './fair-time.ts';
import type { AttemptContext } from './joining.ts';
import type { AttemptRecord } from './records.ts';
import type { Sitting } from './sittings.ts';
import { requireOpen } from './submitting.ts';
import { isWriting } from './transitions.ts';

/** What the candidate is told of the section that is written now; null without sections and before the start. */
export function sectionWord(state: AttemptState, sitting: Sitting): SectionWord | null {
  if (!sitting.sections || !state.section) return null;
  const endsAt = sectionEndOf(state, sitting);
  const left = sectionLeftOf(state, sitting);
  return {
    number: state.section.number,
    count: sitting.sections.length,
    ...(endsAt !== null && { endsAt }),
    ...(left !== null && { left }),
  };
}

/** The section to which a slot belongs, from 0; without sections all are in the first one. */
export function sectionOf({ firstSlots }: PaperShape, slot: number): number {
  return firstSlots.filter((first) => first <= slot).length;
}

/** Whether the time of the section that is written now is over. */
export function isSectionOver(state: AttemptState, sitting: Sitting, now: number): boolean {
  const end = sectionEndOf(state, sitting);
  return end !== null && end <= now;
}

/**
 * Begins every section whose turn has come because the time of the one before it is over. Its own time runs from
 * there, whenever the server got to it, and by whatever it noticed; the candidate is told. Only from within `run`.
 */
export async function moveOn(
  context: AttemptContext,
  attempt: Attempt,
  sitting: Sitting,
  now: number,
): Promise<void> {
  while (mayMove(attempt.state, sitting, now) && isSectionOver(attempt.state, sitting, now)) {
    await begin(context, attempt, sitting, sectionEndOf(attempt.state, sitting) ?? now, 'time');
  }
}

/**
 * Leaves a section for good, and begins the next. Doing it again tells where the attempt stands.
 *
 * @throws DomainError `answers-missing` when the device has given out numbers that have not arrived; `section-last`
 * when there is no other; those of a hand-in
 */
export function leaveSection(
  context: AttemptContext,
  attempt: Attempt,
  { epoch, lastSeq, section }: LeaveSection,
  arrivedAt: number,
): Promise<SectionLeft> {
  return attempt.run(async () => {
    const sitting = await context.sittings.of(attempt.paper.exam);
    await moveOn(context, attempt, sitting, context.now());
    await requireOpen(context, attempt, epoch, arrivedAt);
    const current = attempt.state.section?.number ?? 0;
    if (section > current) throw new DomainError('section-not-begun', 409);
    if (section === current) {
      if (section + 1 >= (sitting.sections?.length ?? 1)) throw new DomainError('section-last', 409);
      const { watermark } = attempt.book;
      if (lastSeq > watermark) throw new DomainError('answers-missing', 409, { watermark });
      await begin(context, attempt, sitting, arrivedAt, 'candidate');
    }
    return { ok: true, ...(await context.word(attempt, sitting, context.now())) };
  });
}

function mayMove(state: AttemptState, sitting: Sitting, now: number): boolean {
  const isLast = (state.section?.number ?? 0) + 1 >= (sitting.sections?.length ?? 1);
  return isWriting(state.phase) && !isLast && !isOver(state, sitting, now);
}

async function begin(
  context: AttemptContext,
  attempt: Attempt,
  sitting: Sitting,
  from: number,
  by: 'time' | 'candidate',
): Promise<void> {
  const { exam, candidate } = attempt.paper;
  const number = (attempt.state.section?.number ?? 0) + 1;
  const record: AttemptRecord = {
    attempt: attempt.id,
    type: 'section',
    at: context.now(),
    data: { exam, candidate, number, from, by },
  };
  await attempt.record([record]);
  context.onTransition(attempt.id);
  context.onSection(attempt, sitting);
  await context.tell(attempt, sitting);
}
