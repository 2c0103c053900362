import { createHash } from 'node:crypto';
import { timePolicyAt, type EndReason, type TimeReason } from '#bank/protocol';
import type { JwsSigner } from '#server/keys';
import type { Pause } from './attempt-state.ts';
import type { AttemptRecord, Decided } from './records.ts';
import type { Attempt } from './attempt.ts';
import { isOver, lostTime } from './fair-time.ts';
import type { AttemptContext } from './joining.ts';
import type { Receipts } from './receipts.ts';
import { moveOn } from './sections.ts';
import { issueReceipt } from './submitting.ts';
import { allows, isOpen } from './transitions.ts';

/** What a member of staff may decide about attempts. `decision` names it: it counts once, however often it comes. */
export type Decision = { decision: string; at: number } & (
  | { act: 'time'; ms: number; reason: TimeReason }
  /** Gives back what the server's own record of the line shows as lost. */
  | { act: 'credit' }
  | { act: 'pause'; reason: TimeReason }
  | { act: 'resume' }
  | { act: 'terminate'; reason: EndReason }
);

export const DECISION_TYPE = 'exam-decision+jws';

/**
 * Signs a decision over the attempts that it is for: the claims are the decision, who took it (`by`), and `attempts`,
 * the SHA-256 (base64url) of their ids, sorted, one per line.
 */
export function signDecision(
  signer: JwsSigner,
  exam: string,
  attempts: readonly string[],
  decision: Decision,
  by: string,
): Promise<string> {
  return signer.sign(DECISION_TYPE, { ...decision, exam, by, attempts: digestOf(attempts) });
}

/** Signs that the policy of time closes an attempt whose clock was stopped and never started again. */
export async function signForgotten(
  signer: JwsSigner,
  exam: string,
  attempt: string,
  pause: Pick<Pause, 'decision' | 'at'>,
  at: number,
): Promise<{ policy: string; jws: string }> {
  const { name: policy } = timePolicyAt(pause.at);
  const claims = { act: 'close', at, exam, by: policy, pause: pause.decision, attempts: digestOf([attempt]) };
  return { policy, jws: await signer.sign(DECISION_TYPE, claims) };
}

function digestOf(attempts: readonly string[]): string {
  return createHash('sha256')
    .update([...attempts].sort().join('\n'))
    .digest('base64url');
}

/**
 * Puts a decision on the record of one attempt.
 *
 * @returns whether it stands; not for an attempt that it could not reach any more
 */
export function decide(
  context: AttemptContext,
  receipts: Receipts,
  attempt: Attempt,
  decision: Decision,
  { by, jws }: Omit<Decided, 'decision'>,
): Promise<boolean> {
  return attempt.run(async () => {
    if (attempt.state.decisions.includes(decision.decision)) return true;
    const sitting = await context.sittings.of(attempt.paper.exam);
    await moveOn(context, attempt, sitting, context.now());
    if (!isOpen(attempt.state.phase) || isOver(attempt.state, sitting, context.now())) return false;
    const signed = { decision: decision.decision, by, jws };
    const record = await recordFor(attempt, receipts, decision, signed);
    if (!record) return false;
    await attempt.record([record]);
    context.onTransition(attempt.id);
    return true;
  });
}

/** The record of a decision; null when there is nothing that it could change. */
async function recordFor(
  attempt: Attempt,
  receipts: Receipts,
  decision: Decision,
  signed: Decided,
): Promise<AttemptRecord | null> {
  const { id, state, paper } = attempt;
  const { at } = decision;
  const whose = { exam: paper.exam, candidate: paper.candidate };
  const base = { attempt: id, at };
  switch (decision.act) {
    case 'time':
    case 'credit': {
      const ms = decision.act === 'time' ? decision.ms : lostTime(state, at).proposedMs;
      if (ms === 0) return null;
      const reason = decision.act === 'time' ? decision.reason : 'outage';
      const { by, jws } = signed;
      const change = { decision: signed.decision, ms, reason, at };
      return { ...base, type: 'time', data: { ...whose, change, by, jws } };
    }
    case 'pause':
      if (!allows(state.phase, 'pause')) return null;
      return { ...base, type: 'pause', data: { ...whose, ...signed, reason: decision.reason } };
    case 'resume':
      return allows(state.phase, 'resume')
        ? { ...base, type: 'resume', data: { ...whose, ...signed } }
        : null;
    case 'terminate': {
      const receipt = state.startedAt === null ? null : await issueReceipt(attempt, receipts, at);
      return {
        ...base,
        type: 'terminate',
        data: { ...whose, ...signed, reason: decision.reason, receipt },
      };
    }
  }
}
