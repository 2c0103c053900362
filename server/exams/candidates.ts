import type { Actor, CandidateList } from '#bank/protocol';
import { readCode } from '#bank/vault';
import type { ExamsDeps } from './deps.ts';
import { visibleExam } from './exam-access.ts';
import { hasReached } from './exam-state.ts';
import { openPerson } from './person.ts';
import { seats } from './seats.ts';

const PAGE = 500;

/** What sign-in needs of a candidate. */
export interface Seat {
  exam: string;
  candidate: string;
  attempt: string;
  codeHash: string;
  /** Papers are sealed and the exam has not closed, or its results are out. */
  joinable: boolean;
  /** The exam was sealed and will not be held. */
  cancelled: boolean;
  /** Until the exam has closed, a candidate writes on one device only. */
  oneDevice: boolean;
}

/** Looking at candidates. */
export function createCandidateVerbs(deps: ExamsDeps) {
  const { store } = deps;
  return {
    /** By rising number. */
    async list(actor: Actor, id: string, after?: string): Promise<CandidateList> {
      const exam = await visibleExam(store, actor, id);
      const seatOf = await seats(deps, exam);
      const { docs, next } = await store.range('candidates', {
        index: 'by_number',
        equals: [id],
        limit: PAGE,
        ...(after !== undefined && { after }),
      });
      const candidates = await Promise.all(
        docs.map(async (doc) => ({
          id: doc._id,
          number: doc.number,
          attempt: doc.attempt,
          person: await openPerson(deps, doc),
          hasCode: doc.codeHash !== undefined,
          ...seatOf(doc),
        })),
      );
      return { candidates, ...(next !== undefined && { next }) };
    },

    /** The seat of a candidate number at the exam of that code; null when there is none with an access code. */
    async findSeat(examCode: string, number: string): Promise<Seat | null> {
      const exams = await store.range('exams', { index: 'by_code', equals: [readCode(examCode)], limit: 1 });
      const [exam] = exams.docs;
      if (!exam) return null;
      const equals = [exam._id, number.normalize('NFC').trim().toUpperCase()];
      const [found] = (await store.range('candidates', { index: 'by_number', equals, limit: 1 })).docs;
      if (found?.codeHash === undefined) return null;
      const { _id, attempt, codeHash } = found;
      const joinable = ['sealed', 'open', 'released'].includes(exam.state);
      const cancelled = exam.state === 'cancelled';
      const oneDevice = !hasReached(exam, 'closed');
      return { exam: exam._id, candidate: _id, attempt, codeHash, joinable, cancelled, oneDevice };
    },
  };
}
