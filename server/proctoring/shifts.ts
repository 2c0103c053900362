import { DomainError, type Actor, type ShiftStarted } from '#bank/protocol';
import { newId } from '#bank/vault';
import type { Audit } from '#server/audit';
import type { Delivery } from '#server/delivery';
import {
  examWrite,
  onExam,
  requireState,
  shiftAttempts,
  shiftCount,
  visibleExam,
  type ExamRecord,
} from '#server/exams';
import type { Clock } from '#server/http';
import type { Store } from '#server/storage';

type StaffActor = Extract<Actor, { kind: 'staff' }>;

interface ShiftDeps {
  store: Store;
  audit: Audit;
  clock: Clock;
  delivery: Pick<Delivery, 'decide'>;
}

/**
 * Shifts of one exam follow one another: the clock of who sits in a later one stands still from the start of the exam
 * to that of the shift. So each has the whole time and the end moves with it; and no key goes out before.
 *
 * @param at when the exam starts
 */
export async function holdLaterShifts(
  { store, delivery }: ShiftDeps,
  exam: ExamRecord,
  actor: Actor,
  at: number,
): Promise<void> {
  if (shiftCount(exam) === 1) return;
  const attempts = await shiftAttempts({ store }, exam, (shift) => shift > 1);
  const hold = { act: 'pause', reason: 'late-start', decision: newId(), at } as const;
  await delivery.decide(exam._id, attempts, hold, actor.kind === 'staff' ? actor.user : actor.kind);
}

/** Attempts of the shifts that have begun; null where all have. */
export async function begunAttempts(store: Store, exam: ExamRecord): Promise<ReadonlySet<string> | null> {
  const { shiftsStarted: begun } = exam;
  if (begun === undefined || begun === shiftCount(exam)) return null;
  return new Set(await shiftAttempts({ store }, exam, (shift) => shift <= begun));
}

/** What an exam that starts says of its shifts. */
export function firstShift(exam: ExamRecord): Pick<ExamRecord, 'shiftsStarted'> {
  return shiftCount(exam) > 1 ? { shiftsStarted: 1 } : {};
}

/**
 * Starts the next shift, on the record. Doing it again for the shift that began last makes up for what a crash left out.
 *
 * @throws DomainError `exam-not-open`, `shift-order` for any but the next shift
 */
export async function startShift(
  deps: ShiftDeps,
  actor: StaffActor,
  id: string,
  shift: number,
): Promise<ShiftStarted> {
  const { store, audit, clock, delivery } = deps;
  await visibleExam(store, actor, id);
  const exam = await onExam(store, id, async (current) => {
    requireState(current, 'open');
    const [begun, shifts] = [current.shiftsStarted ?? 1, shiftCount(current)];
    if (shift === begun && shift > 1) return current;
    if (shift !== begun + 1 || shift > shifts)
      throw new DomainError('shift-order', 409, { shift, next: Math.min(begun + 1, shifts), shifts });
    const data = { shift, startsAt: clock.now() };
    await store.commit([
      examWrite(current, { shiftsStarted: shift }),
      audit.entry(actor, 'exam.shift', `exam:${id}`, data),
    ]);
    audit.poke();
    return current;
  });
  const attempts = await shiftAttempts({ store }, exam, (one) => one === shift);
  const go = { act: 'resume', decision: newId(), at: clock.now() } as const;
  const stands = await delivery.decide(id, attempts, go, actor.user);
  return { shift, started: stands.filter(Boolean).length };
}
