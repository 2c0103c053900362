import { DomainError, LIMITS, type Chunk, type ChunkKept } from '#bank/protocol';
import { checkAnswer } from './answer-form.ts';
import { Answer } from './answer.ts';
import { currentEpoch } from './attempt-state.ts';
import type { Attempt } from './attempt.ts';
import type { AttemptContext } from './joining.ts';
import { attemptFull } from './saving.ts';

/**
 * Records a chunk of an answer and acknowledges it once it is durable. Sending it again is acknowledged again. Whether
 * the answer is in time is judged when its save arrives; a chunk alone counts for nothing.
 *
 * @throws DomainError with a code of `errors-delivery.ts`
 */
export function keepChunk(
  { now }: Pick<AttemptContext, 'now'>,
  attempt: Attempt,
  chunk: Chunk,
  arrivedAt: number,
): Promise<ChunkKept> {
  return attempt.run(() => {
    const kept = (): ChunkKept => ({ ok: true, at: now() });
    if (isKnown(attempt, chunk)) return kept();
    requirePlace(attempt, chunk);
    return attempt.record([{ attempt: attempt.id, type: 'chunk', at: arrivedAt, data: chunk }], kept);
  });
}

/**
 * Whether it is on the record, alone or as part of its answer.
 *
 * @throws DomainError when it can belong to no answer
 */
function isKnown({ book, chunks, paper, state }: Attempt, chunk: Chunk): boolean {
  const { epoch, seq, slot, count, bytes, hash } = chunk;
  if (epoch > currentEpoch(state)) throw new DomainError('not-joined', 409);
  const answer = new Answer(epoch, seq, slot, { k: { count, bytes, hash } });
  const standing = book.standing(answer);
  if (standing === 'same' || standing === 'held') return true;
  const inChunks = chunks.standing(chunk);
  if (standing === 'other' || inChunks === 'other') throw new DomainError('sequence-conflict', 409, { seq });
  checkAnswer(paper, answer);
  return inChunks === 'same';
}

/** @throws DomainError when the attempt takes no answers, or has no room for it */
function requirePlace({ book, chunks, state }: Attempt, chunk: Chunk): void {
  const { phase } = state;
  if (phase === 'paused') throw new DomainError('attempt-paused', 409);
  if (phase === 'admitted' || phase === 'waiting') throw new DomainError('not-started', 409);
  const { seq, index, count, text } = chunk;
  if (seq > book.watermark + LIMITS.sequenceWindow) throw new DomainError('sequence-too-far', 409, { seq });
  if (index >= count) throw new DomainError('chunks-do-not-fit', 409, { seq });
  if (chunks.written + Buffer.byteLength(text) > LIMITS.essayBytesPerAttempt)
    throw attemptFull(LIMITS.essayBytesPerAttempt);
  chunks.requireRoom(chunk);
}
