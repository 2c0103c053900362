import {
  DomainError,
  EXAM_STATES,
  isPast,
  type Actor,
  type AuditAction,
  type ExamState,
} from '#bank/protocol';
import type { Audit } from '#server/audit';
import { Conflict, type Documents, type Store, type Stored, type Write } from '#server/storage';

export type ExamRecord = Stored<'exams'>;

/** The way through the states; nothing goes back. What was sealed may be cancelled instead of opened. */
const NEXT_STATE: Readonly<Record<ExamState, ExamState | null>> = {
  draft: 'sealed',
  sealed: 'open',
  open: 'closed',
  closed: 'graded',
  graded: 'released',
  released: null,
  cancelled: null,
};

type StateOnTheWay = Exclude<ExamState, 'cancelled'>;

/** Whether an exam has come to a state, or beyond it. */
export function hasReached(exam: Pick<ExamRecord, 'state'>, state: ExamState): boolean {
  return isPast(exam.state, state);
}

/** @throws DomainError `exam-not-<state>` when the exam is in another one */
export function requireState(exam: Pick<ExamRecord, 'state'>, state: StateOnTheWay): void {
  if (exam.state !== state) throw new DomainError(`exam-not-${state}`, 409, { state: exam.state });
}

/** @throws DomainError `exam-not-<state>` when the exam has not come so far */
export function requireReached(exam: Pick<ExamRecord, 'state'>, state: StateOnTheWay): void {
  if (!hasReached(exam, state)) throw new DomainError(`exam-not-${state}`, 409, { state: exam.state });
}

/** The write that changes some fields of an exam, provided that nobody changed it meanwhile. */
export function examWrite(exam: ExamRecord, changes: Partial<Documents['exams']>): Write {
  const { v, ...doc } = exam;
  return { op: 'replace', in: 'exams', doc: { ...doc, ...changes }, ifVersion: v };
}

/**
 * The write that moves an exam one state on, or null when it is there already, so that repeating changes nothing.
 *
 * @throws DomainError `exam-not-<state before>` from any other state
 */
export function transition(
  exam: ExamRecord,
  to: ExamState,
  changes: Partial<Documents['exams']> = {},
): Write | null {
  if (exam.state === to) return null;
  const before = to === 'cancelled' ? 'sealed' : EXAM_STATES.find((state) => NEXT_STATE[state] === to);
  if (exam.state !== before) {
    throw new DomainError(`exam-not-${before ?? 'draft'}`, 409, { state: exam.state });
  }
  return examWrite(exam, { ...changes, state: to });
}

/** What an exam comes to and what the ledger is told about it. */
export interface Advance {
  to: ExamState;
  action: AuditAction;
  changes?: Partial<Documents['exams']>;
  data?: Record<string, string | number | boolean>;
  /** Version of the exam on which the step rests. */
  ifVersion?: number | undefined;
}

/**
 * Moves an exam one state on with its audit entry in the same commit. Of several who try at once one does it.
 *
 * @returns the exam as it is then
 * @throws DomainError `conflict` when the exam has another version than the step rests on
 */
export async function advance(
  { store, audit }: { store: Store; audit: Audit },
  actor: Actor,
  id: string,
  { to, action, changes, data, ifVersion }: Advance,
): Promise<ExamRecord> {
  return onExam(store, id, async (exam) => {
    const write = transition(exam, to, changes);
    if (write) {
      if (ifVersion !== undefined && exam.v !== ifVersion) throw new DomainError('conflict', 409);
      await store.commit([write, audit.entry(actor, action, `exam:${id}`, data)]);
      audit.poke();
    }
    return requireExam(store, id);
  });
}

/** @throws DomainError `not-found` */
export async function requireExam(store: Store, id: string): Promise<ExamRecord> {
  const exam = await store.get('exams', id);
  if (!exam) throw new DomainError('not-found', 404);
  return exam;
}

const ATTEMPTS = 5;

/** Reads the exam and does the work; when another writer was faster, reads again and decides anew. */
export async function onExam<T>(
  store: Store,
  id: string,
  work: (exam: ExamRecord) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(await requireExam(store, id));
    } catch (error) {
      if (!(error instanceof Conflict) || error.collection !== 'exams' || attempt === ATTEMPTS) throw error;
    }
  }
}
