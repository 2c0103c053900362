import type { Clock } from '#server/http';
import { eachDocument, eachPage, turn, type CollectionName, type Store, type Write } from '#server/storage';
import { CLAIM_MS, isClaimed } from './claim.ts';
import { examWrite, onExam, requireExam, type ExamRecord } from './exam-state.ts';

/**
 * Writes of one commit, the exam's own included, and their bytes: few, because a commit is checked and put into its
 * form in one turn of the event loop.
 */
const CHUNK_WRITES = 39;
const CHUNK_BYTES = 1024 * 1024;

type StageDeps = { store: Store; clock: Clock };

/** Bulk writes of a seal job: visible to nobody until the exam is moved on, swept when it never is. */
export interface Stage {
  /** Adds a write of about so many bytes; commits a chunk when enough have come together. */
  put(write: Write, bytes: number): Promise<void>;
  flush(): Promise<void>;
  /** Renews the claim, and writes what has come together. */
  renew(): Promise<void>;
  /** The exam as this job last wrote it. Whoever else wrote it since makes the next commit fail. */
  exam(): ExamRecord;
}

/** Every chunk renews the claim in the same commit, so that a job that lost its claim writes nothing more. */
export function createStage({ store, clock }: StageDeps, claimed: ExamRecord): Stage {
  let exam = claimed;
  let writes: Write[] = [];
  let size = 0;

  async function renew(): Promise<void> {
    const changes = exam.sealing ? { sealing: { ...exam.sealing, until: leaseEnd(clock) } } : {};
    await turn();
    await store.commit([...writes, examWrite(exam, changes)]);
    exam = { ...exam, ...changes, v: exam.v + 1 };
    writes = [];
    size = 0;
  }

  async function flush(): Promise<void> {
    if (writes.length > 0) await renew();
  }

  return {
    async put(write, bytes) {
      writes.push(write);
      size += bytes;
      if (writes.length >= CHUNK_WRITES || size >= CHUNK_BYTES) await flush();
    },
    flush,
    renew,
    exam: () => exam,
  };
}

/** Often enough that one renewal may come late. */
const RENEW_MS = CLAIM_MS / 3;

/**
 * Renews the claim while something goes on that stages nothing, and may take minutes.
 *
 * @throws what the work throws, or a renewal that failed: then the claim was lost
 */
export async function whileRenewing<T>(stage: Pick<Stage, 'renew'>, work: () => Promise<T>): Promise<T> {
  let renewals = Promise.resolve();
  const timer = setInterval(() => {
    renewals = renewals.then(() => stage.renew());
    renewals.catch(() => undefined);
  }, RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await renewals;
  }
}

export function leaseEnd(clock: Clock): Date {
  return new Date(clock.now() + CLAIM_MS);
}

const STAGED = ['viewBoxes', 'papers', 'reservePapers'] as const satisfies readonly CollectionName[];
/** Documents deleted by one commit; they are read for it, boxes and all, and a piece of a recording is a megabyte. */
const SWEEP = { viewBoxes: 16, papers: 100, reservePapers: 100 } as const;

/**
 * Deletes what seal jobs have staged for a draft and did not publish. The exam is asserted in every commit, so
 * that papers of an exam that was sealed meanwhile are safe.
 */
export async function sweepExam(store: Store, exam: ExamRecord): Promise<number> {
  let swept = 0;
  for (const collection of STAGED) {
    for await (const docs of eachPage(store, collection, {
      index: 'by_exam',
      equals: [exam._id],
      limit: SWEEP[collection],
    })) {
      const deletes = docs.map(({ _id, v }): Write => ({
        op: 'delete',
        in: collection,
        id: _id,
        ifVersion: v,
      }));
      await store.commit([...deletes, { op: 'assert', in: 'exams', id: exam._id, version: exam.v }]);
      swept += docs.length;
    }
  }
  return swept;
}

/** Ends the claim of a job that failed, and sweeps what it staged. */
export async function abandon(store: Store, id: string, job: string): Promise<void> {
  await onExam(store, id, async (exam) => {
    if (exam.sealing?.job !== job) return;
    await sweepExam(store, exam);
    const { sealing: _ended, ...rest } = exam;
    await store.commit([examWrite(rest, {})]);
  });
}

/**
 * Clears up after jobs that died with their process: drafts whose claim has run out. Called when the server
 * starts and every now and then; returns how many documents went.
 */
export async function sweepStaged({ store, clock }: StageDeps): Promise<number> {
  let swept = 0;
  for await (const draft of eachDocument(store, 'exams', { index: 'by_state', equals: ['draft'] })) {
    const exam = draft.sealing && (await requireExam(store, draft._id));
    if (!exam?.sealing || exam.state !== 'draft' || isClaimed(exam, clock.now())) continue;
    swept += await sweepExam(store, exam);
    const { sealing: _ended, ...rest } = exam;
    await store.commit([examWrite(rest, {})]);
  }
  return swept;
}
