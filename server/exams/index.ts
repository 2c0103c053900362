import type { Actor } from '#bank/protocol';
import { createBlueprintVerbs } from './blueprint.ts';
import { createCandidateVerbs } from './candidates.ts';
import { createCertificateVerbs } from './certified.ts';
import { createCodeVerbs } from './codes.ts';
import type { ExamsDeps } from './deps.ts';
import { createExamVerbs } from './exam.ts';
import { advance, type Advance } from './exam-state.ts';
import { createPublicationVerbs } from './publication.ts';
import { createReserveVerbs } from './reserve.ts';
import { createRosterVerbs } from './roster.ts';
import { createSealVerbs } from './seal.ts';
import { sweepStaged } from './staging.ts';

export {
  advance,
  examWrite,
  hasReached,
  onExam,
  requireReached,
  requireState,
  transition,
  type ExamRecord,
} from './exam-state.ts';
export type { Seat } from './candidates.ts';
export { ownExam, visibleExam } from './exam-access.ts';
export { createFormReader, type FormOf } from './forms-of.ts';
export { requireMeans, type Means } from './means.ts';
export { createItemUses } from './item-uses.ts';
export { openPerson } from './person.ts';
export { requireSecondPerson } from './second-person.ts';
export { shiftAttempts, shiftCount } from './seats.ts';
export type { Replacing } from './reserve.ts';
export { examsRoutes } from './routes.ts';

/** Exams from the first draft to sealed papers, and the publication after the end. */
export function createExams(deps: ExamsDeps) {
  const { list: listCandidates, findSeat } = createCandidateVerbs(deps);
  return {
    ...createExamVerbs(deps),
    blueprint: createBlueprintVerbs(deps),
    roster: createRosterVerbs(deps),
    codes: createCodeVerbs(deps),
    listCandidates,
    findSeat,
    ...createSealVerbs(deps),
    ...createReserveVerbs(deps),
    ...createPublicationVerbs(deps),
    ...createCertificateVerbs(deps),
    /** Moves an exam one state on, guarded, audited and idempotent. */
    advance: (actor: Actor, exam: string, step: Advance) => advance(deps, actor, exam, step),
    /** Clears up after seal jobs that died with their process. */
    sweepStaged: () => sweepStaged(deps),
  };
}

export type Exams = ReturnType<typeof createExams>;
