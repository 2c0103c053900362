import type { Journal } from '#server/storage';
import type { Attempt } from './attempt.ts';
import type { Attempts } from './attempts.ts';
import type { AttemptContext } from './joining.ts';
import { readRecord, type AttemptRecord } from './records.ts';
import { allows } from './transitions.ts';

interface SupersedingParts {
  journal: Pick<Journal, 'read'>;
  attempts: Attempts;
  context: AttemptContext;
}

/** Attempts whose candidates get another paper. */
export interface Superseding {
  /** Whether another may take the place of the attempt: not once it was closed or ended. */
  mayBeSuperseded(attempt: string): Promise<boolean>;
  /**
   * Puts on the record that another attempt takes its place, and gives that all time decisions of the one before:
   * extra time and pauses are the candidate's and not the paper's. Nothing when it has ended by itself meanwhile.
   */
  supersede(attempt: string, by: string): Promise<void>;
}

export function createSuperseding(parts: SupersedingParts): Superseding {
  return {
    mayBeSuperseded: async (id) => allows((await parts.attempts.get(id)).state.phase, 'supersede'),
    supersede: (id, by) => supersede(parts, id, by),
  };
}

/**
 * Finishes what a crash left between the Store, where the candidate has another paper already, and the record.
 *
 * @param papers those of exams that are open
 */
export async function supersedeReplaced(
  parts: SupersedingParts,
  papers: readonly { _id: string; replacedBy?: string }[],
): Promise<void> {
  for (const { _id, replacedBy } of papers)
    if (replacedBy !== undefined) await supersede(parts, _id, replacedBy);
}

/** The time goes over first: when it is there, it is not given twice. */
async function supersede(
  { journal, attempts, context }: SupersedingParts,
  id: string,
  by: string,
): Promise<void> {
  const [former, next] = [await attempts.get(id), await attempts.get(by)];
  await former.run(async () => {
    if (!allows(former.state.phase, 'supersede')) return;
    await takeOverTime(journal, former, next);
    const { exam, candidate } = former.paper;
    const data = { exam, candidate, by };
    await former.record([{ attempt: id, type: 'supersede', at: context.now(), data }]);
    context.onTransition(id);
  });
}

function takeOverTime(journal: SupersedingParts['journal'], former: Attempt, next: Attempt): Promise<void> {
  return next.run(async () => {
    const { decisions, startedAt } = next.state;
    if (decisions.length > 0 || startedAt !== null) return;
    const records = (await journal.read(former.id)).flatMap((positioned): AttemptRecord[] => {
      const { type, at, data } = readRecord(positioned);
      return type === 'time' || type === 'pause' || type === 'resume'
        ? [{ attempt: next.id, type, at, data } as AttemptRecord]
        : [];
    });
    if (records.length > 0) await next.record(records);
  });
}
