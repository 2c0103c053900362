import { DomainError } from '#bank/protocol';
import type { ExamRecord } from './exam-state.ts';
import { requireState } from './exam-state.ts';

/** A seal job renews its claim with every chunk; one that has not for so long is dead. */
export const CLAIM_MS = 60_000;

/** Whether a seal job is at work on the exam. */
export function isClaimed(exam: Pick<ExamRecord, 'sealing'>, now: number): boolean {
  return exam.sealing !== undefined && exam.sealing.until.getTime() > now;
}

/**
 * @throws DomainError `exam-not-draft` once the exam is sealed, `exam-sealing` while a job is at work on it
 */
export function requireEditable(exam: ExamRecord, now: number): void {
  requireState(exam, 'draft');
  if (!exam.sealing || !isClaimed(exam, now)) return;
  const seconds = Math.ceil((exam.sealing.until.getTime() - now) / 1000);
  throw new DomainError('exam-sealing', 409, { seconds });
}
