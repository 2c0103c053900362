import type { ExamSummary, ExamView } from '#bank/protocol';
import { isClaimed } from './claim.ts';
import type { ExamRecord } from './exam-state.ts';

export function examSummary(exam: ExamRecord): ExamSummary {
  return {
    id: exam._id,
    owner: exam.owner,
    title: exam.title,
    code: exam.code,
    state: exam.state,
    profile: exam.profile,
    candidateCount: exam.candidateCount,
    durationSeconds: exam.durationSeconds,
    createdAt: exam.createdAt.getTime(),
    ...(exam.startsAt && { startsAt: exam.startsAt.getTime() }),
    ...(exam.endsAt && { endsAt: exam.endsAt.getTime() }),
  };
}

/** What staff see of an exam: built field by field, so that nothing sealed can slip in. */
export function examView(exam: ExamRecord, now: number): ExamView {
  return {
    ...examSummary(exam),
    bank: exam.bank,
    ...(exam.deadline && { deadline: exam.deadline.getTime() }),
    markingPolicy: exam.markingPolicy,
    showPoints: exam.showPoints,
    navigation: exam.sections ? { sections: exam.sections } : 'free',
    assembly: exam.assembly ?? 'dealt',
    reserve: exam.reserve ?? 0,
    reserveIssued: exam.reserveIssued ?? 0,
    ...(exam.shiftsStarted !== undefined && { shiftsStarted: exam.shiftsStarted }),
    codeCount: exam.codeCount,
    sealing: isClaimed(exam, now),
    seedCommitment: exam.seedCommitment,
    ...(exam.blueprint && { blueprint: exam.blueprint }),
    ...(exam.snapshotHash !== undefined && { snapshotHash: exam.snapshotHash }),
    ...(exam.manifestHash !== undefined && { manifestHash: exam.manifestHash }),
  };
}
