import {
  DomainError,
  LIMITS,
  type HeldCode,
  type Response,
  type Save,
  type SentEntry,
  type Saved,
  type Summary,
} from '#bank/protocol';
import { checkAnswer } from './answer-form.ts';
import { Answer, isSummary } from './answer.ts';
import { currentEpoch } from './attempt-state.ts';
import type { Attempt } from './attempt.ts';
import type { AttemptContext } from './joining.ts';
import { isOver } from './fair-time.ts';
import type { AttemptRecord } from './records.ts';
import { isSectionOver, moveOn, sectionOf } from './sections.ts';
import type { Sitting } from './sittings.ts';
import { isWriting } from './transitions.ts';

/**
 * Records answers and acknowledges them once they are durable. Sending the same again is acknowledged again; the
 * same (epoch, seq) with other content never is. What comes too late or from a device without the lease is recorded
 * as held, and refused. An answer in chunks is recorded when all of them are, and give what its summary says.
 *
 * @param arrivedAt server time at which the message came in; that counts for the deadline
 * @throws DomainError with a code of `errors-delivery.ts`
 */
export function save(
  context: AttemptContext,
  attempt: Attempt,
  { epoch, entries }: Save,
  arrivedAt: number,
): Promise<Saved> {
  return attempt.run(() => {
    const { book } = attempt;
    const answers = answersOf(epoch, entries);
    if (epoch > currentEpoch(attempt.state)) throw new DomainError('not-joined', 409);
    const fresh: Answer[] = [];
    let held = 0;
    for (const answer of answers) {
      const standing = book.standing(answer);
      if (standing === 'other') throw new DomainError('sequence-conflict', 409, { seq: answer.seq });
      if (standing === 'new') fresh.push(answer);
      if (standing === 'held') held++;
    }
    for (const answer of fresh) checkAnswer(attempt.paper, answer);
    const saved = (): Saved => {
      const told = { ok: true, watermark: book.watermarkOf(epoch), at: context.now() } as const;
      return context.isBehind() ? { ...told, slow: true } : told;
    };
    if (fresh.length === 0 && held === 0) return saved();
    const { exam } = attempt.paper;
    const whole = fresh.map((answer) => wholeOf(attempt, answer));
    const record = (sitting: Sitting) => {
      const take = () => recordFresh(attempt, sitting, { epoch, fresh: whole, held }, arrivedAt, saved);
      const mustMove = isSectionOver(attempt.state, sitting, arrivedAt);
      return mustMove ? moveOn(context, attempt, sitting, arrivedAt).then(take) : take();
    };
    const open = context.sittings.ofOpen(exam);
    return open ? record(open) : context.sittings.of(exam).then(record);
  });
}

/** What a message brings: answers that are not on the record, and how many that are held there already. */
interface Message {
  epoch: number;
  fresh: readonly Answer[];
  held: number;
}

/** @throws DomainError when they may not be recorded, or were held */
function recordFresh(
  attempt: Attempt,
  sitting: Sitting,
  { epoch, fresh, held }: Message,
  at: number,
  saved: () => Saved,
): Promise<Saved> {
  requireRoom(attempt, fresh);
  const reason = whyLate(attempt, sitting, epoch, at);
  if (reason) {
    return hold(attempt, fresh, reason, at).then(() => {
      throw new DomainError(reason, 409, { watermark: attempt.book.watermarkOf(epoch) });
    });
  }
  const { phase, section } = attempt.state;
  if (!isWriting(phase)) throw new DomainError(phase === 'paused' ? 'attempt-paused' : 'not-started', 409);
  const limit = attempt.book.watermark + LIMITS.sequenceWindow;
  const far = fresh.find(({ seq }) => seq > limit);
  if (far) throw new DomainError('sequence-too-far', 409, { seq: far.seq });
  const rest = { current: section?.number ?? 0, fresh, held };
  if (attempt.paper.firstSlots.length > 0) return recordBySection(attempt, rest, at, saved);
  return attempt.record(answerRecords(attempt, fresh, at), saved);
}

/** What is of a section that is over is held, and the message refused; what else it brings is recorded all the same. */
async function recordBySection(
  attempt: Attempt,
  { current, fresh, held }: Omit<Message, 'epoch'> & { current: number },
  at: number,
  saved: () => Saved,
): Promise<Saved> {
  const placeOf = ({ slot }: Answer) => sectionOf(attempt.paper, slot);
  if (fresh.some((answer) => placeOf(answer) > current)) throw new DomainError('section-not-begun', 409);
  const over = fresh.filter((answer) => placeOf(answer) < current);
  const others = fresh.filter((answer) => placeOf(answer) === current);
  await hold(attempt, over, 'section-over', at);
  if (others.length > 0) await attempt.record(answerRecords(attempt, others, at));
  const late = over.length + held;
  if (late === 0) return saved();
  throw new DomainError('section-over', 409, { watermark: attempt.book.watermark, held: late });
}

function answerRecords({ id }: Attempt, answers: readonly Answer[], at: number): AttemptRecord[] {
  return answers.map((data) => ({ attempt: id, type: 'answer', at, data, json: data.record }));
}

/** @throws DomainError `chunks-missing`, `chunks-do-not-fit` */
function wholeOf({ chunks }: Attempt, answer: Answer): Answer {
  const { epoch, seq, slot, response } = answer;
  if (!isSummary(response)) return answer;
  return new Answer(epoch, seq, slot, response, chunks.whole(answer, response.k));
}

/** One attempt must not grow so large that it cannot be closed. */
function requireRoom({ book }: Attempt, fresh: readonly Answer[]): void {
  let { bytes, essayBytes } = book;
  for (const answer of fresh) {
    bytes += answer.sheetBytes;
    essayBytes += answer.digest?.bytes ?? 0;
  }
  if (bytes > LIMITS.attemptBytes) throw attemptFull(LIMITS.attemptBytes);
  if (essayBytes > LIMITS.essayBytesPerAttempt) throw attemptFull(LIMITS.essayBytesPerAttempt);
}

export function attemptFull(bytes: number): DomainError {
  return new DomainError('attempt-full', 409, { megabytes: bytes / 1_048_576 });
}

/** The code under which these answers are held instead of recorded as current; null when they are in time. */
function whyLate({ state }: Attempt, sitting: Sitting, epoch: number, at: number): HeldCode | null {
  if (epoch < currentEpoch(state) || state.phase === 'superseded') return 'superseded';
  if (state.phase === 'submitted') return 'already-submitted';
  if (state.phase === 'terminated') return 'attempt-terminated';
  return state.phase === 'closed' || isOver(state, sitting, at) ? 'after-deadline' : null;
}

async function hold(
  attempt: Attempt,
  answers: readonly Answer[],
  reason: HeldCode,
  at: number,
): Promise<void> {
  if (answers.length === 0) return;
  if (attempt.book.heldCount + answers.length > LIMITS.sequencePerAttempt) {
    throw new DomainError('too-many-requests', 429, { seconds: 60 });
  }
  await recordChunksAgain(attempt, answers, at);
  await attempt.record(
    answers.map(({ epoch, seq, slot, response }) => ({
      attempt: attempt.id,
      type: 'late',
      at,
      data: { epoch, seq, slot, response, reason },
    })),
  );
}

/**
 * The chunks of what is held stand just before it on the record: of a closed exam those that came earlier may have been
 * retired. One by one, because a record of the journal has its largest size.
 */
async function recordChunksAgain(attempt: Attempt, answers: readonly Answer[], at: number): Promise<void> {
  for (const answer of answers) {
    if (!isSummary(answer.response)) continue;
    for (const data of attempt.chunks.of(answer))
      await attempt.record([{ attempt: attempt.id, type: 'chunk', at, data }]);
  }
}

/** @throws DomainError `sequence-conflict` when one message uses a number twice for different answers */
function answersOf(epoch: number, entries: readonly SentEntry[]): Answer[] {
  const answers = entries.map(
    ({ seq, slot, response }) => new Answer(epoch, seq, slot, wellFormed(response)),
  );
  if (answers.length === 1) return answers;
  const bySeq = new Map<number, Answer>();
  for (const answer of answers) {
    const other = bySeq.get(answer.seq);
    if (other && other.hash !== answer.hash) {
      throw new DomainError('sequence-conflict', 409, { seq: answer.seq });
    }
    bySeq.set(answer.seq, answer);
  }
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

/** Half of a surrogate pair, as it is left where a text was cut, has no UTF-8 and becomes U+FFFD. */
function wellFormed(response: Response | Summary): Response | Summary {
  if (response === null) return null;
  if ('x' in response) return { x: wellFormedText(response.x) };
  if ('g' in response) {
    const gaps = Object.entries(response.g);
    const cleaned = gaps.map(([gap, answer]) => [
      gap,
      'x' in answer ? { x: wellFormedText(answer.x) } : answer,
    ]);
    return { g: Object.fromEntries(cleaned) as typeof response.g };
  }
  return 'e' in response ? { e: wellFormedText(response.e) } : response;
}

function wellFormedText(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
