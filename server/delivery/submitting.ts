import { DomainError, type Response, type Submit, type Submitted } from '#bank/protocol';
import { currentEpoch } from './attempt-state.ts';
import { choiceSlot } from './answer-form.ts';
import type { Attempt } from './attempt.ts';
import type { AttemptContext } from './joining.ts';
import type { Receipts } from './receipts.ts';
import type { Receipt } from './records.ts';
import { isOver } from './fair-time.ts';
import { allows, isFinal } from './transitions.ts';

/**
 * Hands the attempt in. Doing it again gives the same receipt.
 *
 * @throws DomainError `answers-missing` when the device has given out numbers that have not arrived
 */
export function submit(
  context: AttemptContext,
  attempt: Attempt,
  receipts: Receipts,
  { epoch, lastSeq }: Submit,
  arrivedAt: number,
): Promise<Submitted> {
  return attempt.run(async () => {
    const known = attempt.state.receipt;
    if (known) return answerOf(known);
    await requireOpen(context, attempt, epoch, arrivedAt);
    const { watermark } = attempt.book;
    if (lastSeq > watermark) throw new DomainError('answers-missing', 409, { watermark });
    const receipt = await issueReceipt(attempt, receipts, arrivedAt);
    const { exam, candidate } = attempt.paper;
    const data = { exam, candidate, lastSeq: watermark, receipt };
    await attempt.record([{ attempt: attempt.id, type: 'submit', at: arrivedAt, data }]);
    context.onTransition(attempt.id);
    return answerOf(receipt);
  });
}

/** @throws DomainError when the attempt cannot be handed in by this device at this time */
export async function requireOpen(
  context: AttemptContext,
  attempt: Attempt,
  epoch: number,
  at: number,
): Promise<void> {
  const { phase } = attempt.state;
  const current = currentEpoch(attempt.state);
  if (epoch > current) throw new DomainError('not-joined', 409);
  if (epoch < current)
    throw new DomainError('superseded', 409, { watermark: attempt.book.watermarkOf(epoch) });
  if (phase === 'paused') throw new DomainError('attempt-paused', 409);
  const isLate = isFinal(phase) || isOver(attempt.state, await context.sittings.of(attempt.paper.exam), at);
  if (isLate) throw new DomainError('after-deadline', 409, { watermark: attempt.book.watermark });
  if (!allows(phase, 'submit')) throw new DomainError('not-started', 409);
}

/** The receipt over the answers that count at this moment. */
export function issueReceipt(attempt: Attempt, receipts: Receipts, submittedAt: number): Promise<Receipt> {
  const { exam, paperHash, kinds } = attempt.paper;
  const choice = choiceSlot(attempt.paper);
  const { book } = attempt;
  const responses: Response[] = kinds.map((_, slot) => book.latest.response(slot));
  if (choice !== null) responses.push(book.latest.response(choice));
  const claims = { exam, attempt: attempt.id, paperHash, lastSeq: book.watermark, submittedAt };
  return receipts.issue(claims, responses);
}

function answerOf({ code, proof }: Receipt): Submitted {
  return { ok: true, receipt: code, proof };
}
