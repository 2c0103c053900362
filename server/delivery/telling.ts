import type { Logger } from 'pino';
import type { StateWord } from '#bank/protocol';
import type { Attempt } from './attempt.ts';
import { decide, type Decision } from './deciding.ts';
import { start } from './joining.ts';
import type { Parts } from './parts.ts';
import { inSlices } from './pushing.ts';

/**
 * Puts a decision on the record of one attempt and tells its candidate.
 *
 * @returns whether it stands
 */
export async function decideAndTell(
  parts: Parts,
  id: string,
  decision: Decision,
  signed: { by: string; jws: string },
): Promise<boolean> {
  const { attempts, connections, context, lines, receipts } = parts;
  const attempt = await attempts.get(id);
  const stands = await decide(context, receipts, attempt, decision, signed);
  if (!stands) return false;
  if (decision.act === 'resume') {
    lines.resumed(id);
    parts.httpDevices.resumed(id);
  }
  const isThere = connections.has(id);
  if (isThere)
    connections.push(
      id,
      await (decision.act === 'resume' ? start(context, attempt) : wordOf(parts, attempt)),
    );
  return true;
}

async function wordOf({ context }: Parts, attempt: Attempt): Promise<StateWord> {
  return context.word(attempt, await context.sittings.of(attempt.paper.exam), context.now());
}

/** Starts the attempts of those who wait; one that cannot be started now is started by the next join. */
export async function startConnected(
  { attempts, connections, context }: Parts,
  exam: string,
  log: Logger,
): Promise<void> {
  await inSlices(connections.attempts(), async (id) => {
    try {
      const attempt = await attempts.get(id);
      if (attempt.paper.exam === exam) connections.push(id, await start(context, attempt));
    } catch (error) {
      log.error({ err: error, attempt: id }, 'an attempt could not be started at the opening');
    }
  });
}
