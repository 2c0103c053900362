import { lateWaitEnds, type MarkingPolicy } from '#bank/marks';
import { DomainError } from '#bank/protocol';
import type { LateAnswers } from '#server/delivery';
import type { ExamRecord } from '#server/exams';
import type { Clock } from '#server/http';

export interface LateDeps {
  late: Pick<LateAnswers, 'undecided' | 'leaveOut'>;
  clock: Clock;
}

/**
 * Lets grading go on only when everything that came late is decided on, or the policy has waited long enough.
 *
 * @returns how many attempts the policy now decides on
 * @throws DomainError `late-undecided` while grading has to wait
 */
export async function requireDecided(
  { late, clock }: LateDeps,
  exam: ExamRecord,
  attempts: readonly string[],
  policy: MarkingPolicy,
): Promise<number> {
  const { length: count } = await late.undecided(attempts);
  const until = lateWaitEnds(policy, exam.closedAt?.getTime() ?? 0);
  if (count > 0 && clock.now() < until)
    throw new DomainError('late-undecided', 409, { count, until: new Date(until).toISOString() });
  return count;
}
