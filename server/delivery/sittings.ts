import { DomainError, demandsOf } from '#bank/protocol';
import { eachDocument, type Store, type Stored } from '#server/storage';

/** When the candidates of an exam may answer. */
export interface Sitting {
  exam: string;
  startsAt: number | null;
  endsAt: number | null;
  /** Seconds of each section; absent where candidates move freely. */
  sections?: readonly number[];
  /** The exam has been started and not closed yet. */
  isOpen: boolean;
  /** Whether two disks must have an answer before it is acknowledged. */
  needsBoth: boolean;
  /** It was sealed and will not be held. */
  isCancelled?: true;
}

export interface Sittings {
  of(exam: string): Promise<Sitting>;
  /** The same for an exam that is open, without waiting. */
  ofOpen(exam: string): Sitting | undefined;
  /** Reads the exam again, because it has just been started or closed. */
  refresh(exam: string): Promise<Sitting>;
  /** Exams that have been started and not closed. */
  open(): Sitting[];
}

/** Times of the exams that are open are kept in memory: they do not change while candidates write. */
export async function createSittings({ store }: { store: Store }): Promise<Sittings> {
  const open = new Map<string, Sitting>();
  for await (const exam of eachDocument(store, 'exams', { index: 'by_state', equals: ['open'] }))
    open.set(exam._id, sittingOf(exam));

  async function refresh(exam: string): Promise<Sitting> {
    const doc = await store.get('exams', exam);
    if (!doc) throw new DomainError('not-found', 404);
    const sitting = sittingOf(doc);
    if (sitting.isOpen) open.set(exam, sitting);
    else open.delete(exam);
    return sitting;
  }

  return {
    of: async (exam) => open.get(exam) ?? refresh(exam),
    ofOpen: (exam) => open.get(exam),
    refresh,
    open: () => [...open.values()],
  };
}

/** Whether the exam has begun and has not been closed; how long each may write is said by `fair-time.ts`. */
export function isRunning({ isOpen, startsAt }: Sitting, now: number): boolean {
  return isOpen && startsAt !== null && startsAt <= now;
}

function sittingOf(exam: Stored<'exams'>): Sitting {
  return {
    exam: exam._id,
    startsAt: exam.startsAt?.getTime() ?? null,
    endsAt: exam.endsAt?.getTime() ?? null,
    ...(exam.sections && { sections: exam.sections }),
    isOpen: exam.state === 'open',
    needsBoth: demandsOf(exam.profile, exam.createdAt.getTime()).disks === 2,
    ...(exam.state === 'cancelled' && { isCancelled: true as const }),
  };
}
