import type { TimeChange } from '#bank/protocol';
import type { Attempt } from './attempts.ts';
import { isOver } from './fair-time.ts';
import type { AttemptContext } from './joining.ts';

/**
 * Gives an attempt more time, on its own record. The same decision changes it once, however often it comes.
 *
 * @param by id of the member of staff who decided it
 * @returns whether the change stands; not for an attempt that was over when it came
 */
export function extend(
  context: AttemptContext,
  attempt: Attempt,
  change: TimeChange,
  by: string,
): Promise<boolean> {
  return attempt.run(async () => {
    const { phase, times } = attempt.state;
    if (times.some(({ decision }) => decision === change.decision)) return true;
    const sitting = await context.sittings.of(attempt.paper.exam);
    const canAnswer = phase === 'waiting' || phase === 'running';
    if (!canAnswer || isOver(attempt.state, sitting, context.now())) return false;
    const { exam, candidate } = attempt.paper;
    const data = { exam, candidate, change, by };
    await attempt.record([{ attempt: attempt.id, type: 'time', at: change.at, data }]);
    context.onTransition();
    return true;
  });
}
