import pLimit from 'p-limit';
import type { Audit } from '#server/audit';
import { advance } from '#server/exams';
import type { JwsSigner } from '#server/keys';
import { eachDocument, type Store, type Stored } from '#server/storage';
import type { Attempt } from './attempt.ts';
import type { Attempts } from './attempts.ts';
import type { Confirming } from './confirming.ts';
import { earliest, type Due } from './due.ts';
import { signForgotten } from './deciding.ts';
import { endOf, forgottenAt, isOver, nextEndOf } from './fair-time.ts';
import type { AttemptContext } from './joining.ts';
import type { Receipts } from './receipts.ts';
import { writeSheets, type SheetDeps } from './sheets.ts';
import type { Lines } from './lines.ts';
import { moveOn } from './sections.ts';
import type { Sitting, Sittings } from './sittings.ts';
import type { SectionKeys } from './state-word.ts';
import { issueReceipt } from './submitting.ts';
import { allows, isFinal, isWriting } from './transitions.ts';

interface ClosingDeps extends SheetDeps {
  audit: Audit;
  attempts: Attempts;
  sittings: Sittings;
  due: Due;
  /** Since when there is no line to the device; null when there is one, or its loss is on the record. */
  gapOf: Lines['gapOf'];
  receipts: Receipts;
  signer: JwsSigner;
  custody: SectionKeys;
  context: AttemptContext;
  confirming: Pick<Confirming, 'confirmed'>;
  /** Resolves when every transition so far is on its way into the ledger. */
  transitionsRecorded(): Promise<void>;
}

const AT_ONCE = 64;

/**
 * Closes every attempt whose time is over, and every exam with its last attempt; each step can be repeated, so that a crash in between does no harm. One that
 * cannot be closed keeps no other from it.
 *
 * @throws the first failure, when everything else has been done
 */
export async function closeDue(deps: ClosingDeps): Promise<void> {
  const failures: unknown[] = [];
  for (const sitting of deps.sittings.open()) {
    if ((deps.due.at(sitting) ?? Infinity) > deps.context.now()) continue;
    await closeExam(deps, sitting).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

async function closeExam(deps: ClosingDeps, sitting: Sitting): Promise<void> {
  const { exam } = sitting;
  const attempts: Attempt[] = [];
  const hasEnded = (sitting.endsAt ?? 0) <= deps.context.now();
  if (hasEnded) await deps.confirming.confirmed(sitting);
  if (hasEnded)
    for await (const paper of papersOf(deps.store, exam)) attempts.push(await deps.attempts.get(paper._id));
  else attempts.push(...writersOf(deps.attempts, exam));
  const limit = pLimit(AT_ONCE);
  await Promise.all(attempts.map((attempt) => limit(() => endWhatIsOver(deps, attempt, sitting))));
  const open = (hasEnded ? attempts : writersOf(deps.attempts, exam)).filter(
    ({ state }) => !isFinal(state.phase),
  );
  if (open.length > 0 || !hasEnded) {
    const ends = open.map(({ state }) => nextEndOf(state, sitting));
    deps.due.notBefore(exam, earliest(hasEnded ? ends : [...ends, sitting.endsAt]) ?? Infinity);
    return;
  }
  await writeSheets(deps, attempts);
  await deps.transitionsRecorded();
  await markClosed(deps, exam, attempts);
  await deps.sittings.refresh(exam);
}

/** Before the end of an exam only sections end, and attempts with their last one: of those who are writing. */
function writersOf(attempts: Attempts, exam: string): Attempt[] {
  return [...attempts.known()].filter(({ paper, state }) => paper.exam === exam && isWriting(state.phase));
}

/** Begins the next section where one is over, and closes the attempt where that was all. */
async function endWhatIsOver(deps: ClosingDeps, attempt: Attempt, sitting: Sitting): Promise<void> {
  const { context } = deps;
  await attempt.run(() => moveOn(context, attempt, sitting, context.now()));
  await closeAttempt(deps, attempt, sitting);
}

/**
 * An attempt that ran gets a receipt for what is on the record at the deadline, whether handed in or not. One whose
 * clock was stopped and never started again is closed by the policy of time.
 */
async function closeAttempt(deps: ClosingDeps, attempt: Attempt, sitting: Sitting): Promise<void> {
  let isClosed = false;
  await attempt.run(async () => {
    const { phase, pause, startedAt } = attempt.state;
    const at = deps.context.now();
    const isForgotten = (forgottenAt(attempt.state, sitting) ?? Infinity) <= at;
    const isDone = phase === 'submitted' || isOver(attempt.state, sitting, at) || isForgotten;
    if (!allows(phase, 'close') || !isDone) return;
    const end = endOf(attempt.state, sitting) ?? pause?.at ?? 0;
    const hasRun = isWriting(phase) || (isForgotten && startedAt !== null);
    const receipt = hasRun ? await issueReceipt(attempt, deps.receipts, end) : null;
    const { exam, candidate } = attempt.paper;
    const gap = deps.gapOf(attempt.id);
    const decided = isForgotten && pause && (await signForgotten(deps.signer, exam, attempt.id, pause, at));
    const data = {
      exam,
      candidate,
      receipt,
      lost: gap && gap.from < end ? gap : null,
      ...(decided && { decided }),
    };
    await attempt.record([{ attempt: attempt.id, type: 'close', at, data }]);
    deps.context.onTransition(attempt.id);
    isClosed = true;
  });
  if (isClosed) await deps.context.tell(attempt, sitting);
}

async function markClosed(deps: ClosingDeps, exam: string, attempts: Attempt[]): Promise<void> {
  const started = attempts.filter(({ state }) => state.startedAt !== null).length;
  const submitted = attempts.filter(({ state }) => state.submittedAt !== null).length;
  const data = { attempts: attempts.length, started, submitted };
  const changes = { closedAt: new Date(deps.context.now()) };
  await advance(deps, { kind: 'system' }, exam, { to: 'closed', action: 'exam.close', changes, data });
  deps.custody.close(exam);
}

export function papersOf(store: Store, exam: string): AsyncGenerator<Stored<'papers'>> {
  return eachDocument(store, 'papers', { index: 'by_exam', equals: [exam] });
}
