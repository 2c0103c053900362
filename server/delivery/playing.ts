import {
  DomainError,
  LIMITS,
  timePolicyAt,
  type Play,
  type PlayEntry,
  type Played,
  type PlayRule,
} from '#bank/protocol';
import type { Attempt } from './attempt.ts';
import type { AttemptContext } from './joining.ts';
import { moveOn } from './sections.ts';
import { requireOpen } from './submitting.ts';

/**
 * Gives the key of a recording for one play, once the play is on the record. A play that the page asks for again, because
 * it never got the answer, is the same play and begins anew; one that was broken off goes on where it would be now.
 *
 * @throws DomainError `no-such-media`, `plays-used`, `play-over`, `section-over`, `section-not-begun`; those of a hand-in
 */
export function play(
  context: AttemptContext,
  attempt: Attempt,
  { epoch, media, play: id, resume }: Play,
  arrivedAt: number,
): Promise<Played> {
  return attempt.run(async () => {
    const { exam } = attempt.paper;
    await moveOn(context, attempt, await context.sittings.of(exam), context.now());
    await requireOpen(context, attempt, epoch, arrivedAt);
    const rule = requireRule(attempt, media);
    if (id === undefined) return standing(attempt, rule, arrivedAt);
    const next = resume ? null : nextPlay(attempt, rule, id);
    if (next) await attempt.record([{ attempt: attempt.id, type: 'play', at: arrivedAt, data: next }]);
    const last = playsOf(attempt, media).at(-1);
    const offset = next || !resume ? 0 : runningFor(last, rule, arrivedAt);
    if (!last || offset === null || (resume && last.play !== id)) throw new DomainError('play-over', 409);
    const key = Buffer.from(await context.playKey(exam, media)).toString('base64url');
    return { ok: true, number: last.number, play: last.play, offset, key };
  });
}

/** @throws DomainError `no-such-media`, or what its section is */
function requireRule({ paper, state }: Attempt, media: string): PlayRule {
  const rule = paper.media?.find((one) => one.media === media);
  if (!rule) throw new DomainError('no-such-media', 409);
  const current = state.section?.number ?? 0;
  if (rule.section > current) throw new DomainError('section-not-begun', 409);
  if (rule.section < current) throw new DomainError('section-over', 409);
  return rule;
}

function playsOf({ state }: Attempt, media: string): PlayEntry[] {
  return state.plays.filter((entry) => entry.media === media);
}

/** How often it has been played, and what is being played, if anything. */
function standing(attempt: Attempt, rule: PlayRule, at: number): Played {
  const last = playsOf(attempt, rule.media).at(-1);
  const offset = runningFor(last, rule, at);
  const number = last?.number ?? 0;
  return { ok: true, number, ...(last && offset !== null && { play: last.play, offset }) };
}

/** Milliseconds since the beginning of a play that is not over; null when it is. */
function runningFor(last: PlayEntry | undefined, { length }: PlayRule, at: number): number | null {
  if (!last) return null;
  const offset = Math.max(0, at - last.from);
  return offset < length + timePolicyAt(at).playGraceMs ? offset : null;
}

/**
 * What goes on the record for this play. Null where nothing has to: a recording that may be played as often as wanted is
 * noted once.
 *
 * @throws DomainError `plays-used`, `play-over` for a play before the last
 */
function nextPlay(
  attempt: Attempt,
  { media, plays }: PlayRule,
  id: string,
): Pick<PlayEntry, 'media' | 'play' | 'number'> | null {
  const before = playsOf(attempt, media);
  const last = before.at(-1);
  if (plays === undefined) return last ? null : { media, play: id, number: 1 };
  const same = before.filter((entry) => entry.play === id).length;
  if (same > 0 && last?.play !== id) throw new DomainError('play-over', 409);
  const number = (last?.number ?? 0) + (same > 0 ? 0 : 1);
  if (number > plays || same > LIMITS.playRepeats) throw new DomainError('plays-used', 409, { plays });
  return { media, play: id, number };
}
