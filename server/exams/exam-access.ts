import { DomainError, type Actor } from '#bank/protocol';
import type { Store } from '#server/storage';
import { requireExam, type ExamRecord } from './exam-state.ts';

/**
 * An exam that the actor may change: its owner's. To others it does not exist.
 *
 * @throws DomainError `not-found`
 */
export async function ownExam(store: Store, actor: Actor, id: string): Promise<ExamRecord> {
  const exam = await requireExam(store, id);
  requireOwner(actor, exam);
  return exam;
}

/** @throws DomainError `not-found` */
export function requireOwner(actor: Actor, exam: ExamRecord): void {
  if (!owns(actor, exam)) throw new DomainError('not-found', 404);
}

/** An exam that the actor may look at: proctors see every exam, teachers their own. */
export async function visibleExam(store: Store, actor: Actor, id: string): Promise<ExamRecord> {
  const exam = await requireExam(store, id);
  if (!owns(actor, exam) && !seesAll(actor)) throw new DomainError('not-found', 404);
  return exam;
}

export function seesAll(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'staff' && actor.roles.includes('proctor'));
}

/** The staff account that acts. */
export function staffId(actor: Actor): string {
  if (actor.kind !== 'staff') throw new DomainError('forbidden', 403);
  return actor.user;
}

function owns(actor: Actor, exam: ExamRecord): boolean {
  return actor.kind === 'system' || (actor.kind === 'staff' && actor.user === exam.owner);
}
