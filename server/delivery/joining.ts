import { createHash } from 'node:crypto';
import { DomainError, type Join, type Joined, type StateWord } from '#bank/protocol';
import { currentEpoch } from './attempt-state.ts';
import type { Attempt } from './attempt.ts';
import type { AttemptRecord } from './records.ts';
import { isInTime, isOver } from './fair-time.ts';
import { moveOn } from './sections.ts';
import type { Sitting, Sittings } from './sittings.ts';
import { allows, isOpen } from './transitions.ts';

/** How often an attempt may change its device, when nothing else is set: each change goes on the record for good. */
export const DEVICES_PER_ATTEMPT = 200;

/** What the verbs of an attempt share. */
export interface AttemptContext {
  /** How often an attempt may change its device. */
  readonly devices: number;
  now(): number;
  /** Answers have been waiting for the disk for so long that pages should send fewer, larger messages. */
  isBehind(): boolean;
  readonly sittings: Pick<Sittings, 'of' | 'ofOpen'>;
  word(attempt: Attempt, sitting: Sitting, now: number): Promise<StateWord>;
  /** The key of a recording of a running exam. */
  playKey(exam: string, media: string): Promise<Uint8Array>;
  /** Tells that a section has begun, which ends at a time of its own. */
  onSection(attempt: Attempt, sitting: Sitting): void;
  /** Tells the candidate, if connected, where the attempt stands now. */
  tell(attempt: Attempt, sitting: Sitting): Promise<void>;
  /** Tells that a transition of an attempt is on the record. */
  onTransition(attempt: string): void;
}

/**
 * A device takes the attempt, or comes back to it. Another device than the last begins a new epoch; numbers that the
 * last one gave out and never delivered are voided on the record. Within the time the attempt starts with it.
 *
 * @throws DomainError `too-many-devices`, `exam-cancelled`
 */
export function join(context: AttemptContext, attempt: Attempt, { device }: Join): Promise<Joined> {
  return attempt.run(async () => {
    const sitting = await context.sittings.of(attempt.paper.exam);
    if (sitting.isCancelled) throw new DomainError('exam-cancelled', 410);
    const now = context.now();
    await moveOn(context, attempt, sitting, now);
    const lease = leaseFor(context, attempt, sitting, device, now);
    const start = startOf(attempt, sitting, now);
    await recordAll(context, attempt, sitting, [...lease, ...start]);
    return {
      ok: true,
      ...(await context.word(attempt, sitting, now)),
      epoch: currentEpoch(attempt.state),
      nextSeq: attempt.book.nextSeq,
      watermark: attempt.book.watermark,
      answers: Array.from(attempt.book.latest, ({ slot, seq, response }) => ({ slot, seq, response })),
    };
  });
}

/** Starts the attempt if its exam is running and it has not started; gives its state. */
export function start(context: AttemptContext, attempt: Attempt): Promise<StateWord> {
  return attempt.run(async () => {
    const sitting = await context.sittings.of(attempt.paper.exam);
    const now = context.now();
    await moveOn(context, attempt, sitting, now);
    await recordAll(context, attempt, sitting, startOf(attempt, sitting, now));
    return context.word(attempt, sitting, now);
  });
}

async function recordAll(
  context: AttemptContext,
  attempt: Attempt,
  sitting: Sitting,
  records: AttemptRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await attempt.record(records);
  if (!records.some(({ type }) => type === 'start')) return;
  context.onTransition(attempt.id);
  context.onSection(attempt, sitting);
}

function leaseFor(
  { devices }: AttemptContext,
  attempt: Attempt,
  sitting: Sitting,
  device: string,
  at: number,
): AttemptRecord[] {
  const { phase, leases } = attempt.state;
  const canAnswer = isOpen(phase) && !isOver(attempt.state, sitting, at);
  const hash = createHash('sha256').update(device).digest('base64url').slice(0, 22);
  if (!canAnswer || leases.at(-1)?.device === hash) return [];
  if (leases.length >= devices) throw new DomainError('too-many-devices', 409, { max: devices });
  const data = { epoch: currentEpoch(attempt.state) + 1, device: hash, voided: attempt.book.gaps() };
  return [{ attempt: attempt.id, type: 'lease', at, data }];
}

function startOf(attempt: Attempt, sitting: Sitting, at: number): AttemptRecord[] {
  if (!allows(attempt.state.phase, 'start') || !isInTime(attempt.state, sitting, at)) return [];
  const { exam, candidate } = attempt.paper;
  return [{ attempt: attempt.id, type: 'start', at, data: { exam, candidate } }];
}
