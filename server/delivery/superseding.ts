import { allows } from './transitions.ts';
import type { Attempt } from './attempt.ts';
import type { Attempts } from './attempts.ts';
import type { AttemptContext } from './joining.ts';

interface SupersedingParts {
  attempts: Attempts;
  context: AttemptContext;
}

/** Attempts whose candidates get another paper. */
export interface Superseding {
  /** Whether another may take the place of the attempt: not once it was closed or ended. */
  mayBeSuperseded(attempt: string): Promise<boolean>;
  /** Puts on the record that another attempt takes its place; nothing when it has ended by itself meanwhile. */
  supersede(attempt: string, by: string): Promise<void>;
}

export function createSuperseding({ attempts, context }: SupersedingParts): Superseding {
  return {
    mayBeSuperseded: async (id) => allows((await attempts.get(id)).state.phase, 'supersede'),
    supersede: async (id, by) => supersede(context, await attempts.get(id), by),
  };
}

/**
 * Finishes what a crash left between the Store, where the candidate has another paper already, and the record.
 *
 * @param papers those of exams that are open
 */
export async function supersedeReplaced(
  { attempts, context }: SupersedingParts,
  papers: readonly { _id: string; replacedBy?: string }[],
): Promise<void> {
  for (const { _id, replacedBy } of papers)
    if (replacedBy !== undefined) await supersede(context, await attempts.get(_id), replacedBy);
}

function supersede(context: AttemptContext, attempt: Attempt, by: string): Promise<void> {
  return attempt.run(async () => {
    if (!allows(attempt.state.phase, 'supersede')) return;
    const { exam, candidate } = attempt.paper;
    const data = { exam, candidate, by };
    await attempt.record([{ attempt: attempt.id, type: 'supersede', at: context.now(), data }]);
    context.onTransition(attempt.id);
  });
}
