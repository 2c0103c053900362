import { DomainError, type Actor, type ReserveIssued, type ReserveReason } from '#bank/protocol';
import type { Stored } from '#server/storage';
import type { ExamsDeps } from './deps.ts';
import { visibleExam } from './exam-access.ts';
import { examWrite, onExam, type ExamRecord } from './exam-state.ts';
import { issuedWrite } from './item-uses.ts';
import { openPerson, sealPerson } from './person.ts';
import { openPaper } from './sealed-paper.ts';
import { seats } from './seats.ts';

/** What becomes of the attempt and the sessions of a candidate who gets another paper. */
export interface Replacing {
  /** Whether the attempt has neither been closed nor ended by a proctor. */
  isReplaceable(attempt: string): Promise<boolean>;
  /** The candidate has another paper now: ends the old attempt, and signs the candidate out. */
  replaced(actor: Actor, change: { candidate: string; from: string; to: string }): Promise<void>;
}

/** Papers in reserve. */
export function createReserveVerbs(deps: ExamsDeps) {
  const { store, audit, replacing } = deps;

  /**
   * One commit: the seat stays, the paper leaves the reserve, the candidate gets it, its items are used once more, and
   * the act is on the record with its reason.
   */
  async function issue(
    actor: Actor,
    exam: ExamRecord,
    candidate: string,
    attempt: string,
    reason: ReserveReason,
  ): Promise<{ order: number; from: string; to: string }> {
    const order = exam.reserveIssued ?? 0;
    const next = await nextInReserve(exam, order);
    const { v, ...doc } = await ownCandidate(exam._id, candidate);
    if (doc.attempt !== attempt) throw new DomainError('conflict', 409);
    const { order: _order, v: reserved, ...paper } = next;
    const person = await sealPerson(deps, { ...doc, attempt: paper._id }, await openPerson(deps, doc));
    const { place } = (await seats(deps, exam))({ ...doc, v });
    const from = await store.get('papers', doc.attempt);
    if (!from) throw new DomainError('not-found', 404);
    const { v: replaced, ...old } = from;
    const data = { order, reason, from: doc.attempt, to: paper._id };
    const used = await issuedWrite(deps, exam._id, await openPaper(deps, paper));
    await store.commit([
      examWrite(exam, { reserveIssued: order + 1 }),
      { op: 'delete', in: 'reservePapers', id: paper._id, ifVersion: reserved },
      { op: 'insert', in: 'papers', doc: { ...paper, candidate } },
      { op: 'replace', in: 'papers', doc: { ...old, replacedBy: paper._id }, ifVersion: replaced },
      {
        op: 'replace',
        in: 'candidates',
        doc: { ...doc, ...place, attempt: paper._id, person },
        ifVersion: v,
      },
      ...used,
      audit.entry(actor, 'paper.reserve', `exam:${exam._id}`, data),
    ]);
    audit.poke();
    return { order, from: doc.attempt, to: paper._id };
  }

  async function nextInReserve(exam: ExamRecord, order: number): Promise<Stored<'reservePapers'>> {
    const query = { index: 'by_exam', equals: [exam._id, order], limit: 1 };
    const [next] = (await store.range('reservePapers', query)).docs;
    if (!next) throw new DomainError('reserve-used-up', 409, { count: exam.reserve ?? 0 });
    return next;
  }

  async function ownCandidate(exam: string, id: string): Promise<Stored<'candidates'>> {
    const candidate = await store.get('candidates', id);
    if (candidate?.exam !== exam) throw new DomainError('not-found', 404);
    return candidate;
  }

  return {
    /**
     * Gives a candidate the next paper in reserve, in the order that was committed to. What was answered on the paper
     * before it stays on the record and is not marked.
     *
     * @throws DomainError `exam-not-sealed` before, `exam-not-open` after the exam, `reserve-used-up`,
     * `attempt-ended` when the candidate's attempt was closed or ended already, `conflict` when somebody else has just
     * given the candidate one
     */
    async issueReserve(
      actor: Actor,
      id: string,
      candidate: string,
      reason: ReserveReason,
    ): Promise<ReserveIssued> {
      const exam = await visibleExam(store, actor, id);
      const { attempt } = await ownCandidate(id, candidate);
      if (exam.state === 'draft') throw new DomainError('exam-not-sealed', 409, { state: exam.state });
      if (exam.state !== 'sealed' && exam.state !== 'open')
        throw new DomainError('exam-not-open', 409, { state: exam.state });
      if (!(await replacing.isReplaceable(attempt))) throw new DomainError('attempt-ended', 409);
      const { order, from, to } = await onExam(store, id, (current) =>
        issue(actor, current, candidate, attempt, reason),
      );
      await replacing.replaced(actor, { candidate, from, to });
      return { order: order + 1, left: (exam.reserve ?? 0) - order - 1 };
    },
  };
}
