import { lateWaitEnds, markingPolicy } from '#bank/marks';
import type { Actor, LateAttempt, LateDecided, LateDecision, LatePage, UndecidedLate } from '#bank/protocol';
import type { Delivery } from '#server/delivery';
import { openPerson, requireReached, requireSecondPerson, visibleExam, type ExamRecord } from '#server/exams';
import type { Clock } from '#server/http';
import type { Keyring } from '#server/keys';
import type { Store, Stored } from '#server/storage';

interface LateDeps {
  store: Store;
  /** Line `identity`. */
  keyring: Keyring;
  clock: Clock;
  tenant: string;
  delivery: Pick<Delivery, 'late'>;
}

type StaffActor = Extract<Actor, { kind: 'staff' }>;

const PAGE = 500;

/** What staff decide on answers that came late. */
export function createLateVerbs(deps: LateDeps) {
  const { store, clock, delivery } = deps;

  async function rowOf(candidate: Stored<'candidates'>, late: UndecidedLate): Promise<LateAttempt> {
    const { name } = await openPerson(deps, candidate);
    return { ...late, candidate: candidate._id, number: candidate.number, name };
  }

  return {
    /** Attempts with late answers that nobody has decided on, by rising number; a page may hold none and have a next. */
    async lateAnswers(actor: Actor, id: string, after?: string): Promise<LatePage> {
      const exam = await visibleExam(store, actor, id);
      const query = { index: 'by_number', equals: [id], limit: PAGE };
      const page = await store.range('candidates', { ...query, ...(after !== undefined && { after }) });
      const seated = exam.state === 'draft' ? [] : page.docs;
      const late = await delivery.late.undecided(seated.map(({ attempt }) => attempt));
      const byAttempt = new Map(late.map((one) => [one.attempt, one]));
      const rows = seated.flatMap((candidate) => {
        const one = byAttempt.get(candidate.attempt);
        return one ? [rowOf(candidate, one)] : [];
      });
      const waitsUntil = waitsUntilOf(exam);
      return {
        exam: id,
        state: exam.state,
        now: clock.now(),
        ...(waitsUntil !== null && { waitsUntil }),
        attempts: await Promise.all(rows),
        ...(page.next !== undefined && { next: page.next }),
      };
    },

    /** Counts or leaves out what came late to an attempt, under the name of who decides. */
    async decideLate(
      actor: StaffActor,
      id: string,
      attempt: string,
      decision: LateDecision,
    ): Promise<LateDecided> {
      const exam = await visibleExam(store, actor, id);
      requireSecondPerson(exam, actor);
      requireReached(exam, 'closed');
      return delivery.late.decide(id, attempt, decision, actor);
    },
  };
}

function waitsUntilOf({ markingPolicy: name, closedAt }: ExamRecord): number | null {
  const policy = markingPolicy(name);
  return policy && closedAt ? lateWaitEnds(policy, closedAt.getTime()) : null;
}
