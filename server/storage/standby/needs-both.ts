import { demandsOf, EXAM_STATES } from '#bank/protocol';
import type { Store, Stored, Write } from '../store.ts';

type Exam = Pick<Stored<'exams'>, 'profile' | 'state' | 'createdAt'>;

/**
 * Whether a commit decides something about a sealed exam whose profile demands two disks: it writes the exam, an answer
 * sheet of it, or the mark of an essay. Everything else that such an exam rests on was committed before, and the standby gets all
 * commits in order.
 */
export async function needsBoth(store: Pick<Store, 'get'>, writes: readonly Write[]): Promise<boolean> {
  const about = new Set<string>();
  for (const write of writes) {
    if (write.op !== 'insert' && write.op !== 'replace') continue;
    if (write.in === 'exams' && demandsBoth(write.doc)) return true;
    if (write.in === 'sheets' || write.in === 'essayMarks') about.add(write.doc.exam);
  }
  for (const id of about) {
    const exam = await store.get('exams', id);
    if (exam && demandsBoth(exam)) return true;
  }
  return false;
}

/** Whether the profile of this exam demands two disks, and it is past the draft. */
function demandsBoth({ profile, state, createdAt }: Exam): boolean {
  const isSealed = EXAM_STATES.indexOf(state) >= EXAM_STATES.indexOf('sealed');
  return isSealed && demandsOf(profile, createdAt.getTime()).disks === 2;
}
