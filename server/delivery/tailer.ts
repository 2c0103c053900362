import type { Logger } from 'pino';
import type { Actor, AuditAction } from '#bank/protocol';
import type { Audit } from '#server/audit';
import { turn, type Journal, type Position, type Store, type Write } from '#server/storage';
import { readRecord, type AttemptRecord, type Whose } from './records.ts';

const NAME = 'attempt-transitions';
const SYSTEM: Actor = { kind: 'system' };
/** Leaves in one commit: more of them would hold up the answers of everybody else. */
const CHUNK = 100;
/** Records that are read in one turn of the event loop. */
const AT_ONCE = 25;
/** For so long a transition waits for others, so that a whole hall that starts is a few commits. Milliseconds. */
const GATHER_MS = 500;

interface Tailer {
  /** Tells that transitions are on the record. They are put into the outbox a moment later, with what came since. */
  poke(): void;
  /** Resolves when all transitions before the call are in the audit outbox. @throws when they could not be put there */
  caughtUp(): Promise<void>;
  /** Ends with the entries that are being written; what waits is found in the journal at the next start. */
  stop(): Promise<void>;
}

/**
 * Turns the transitions of attempts into entries of the ledger. How far it has come is replaced in the same commit
 * as the entries, so that each transition becomes exactly one leaf, whatever crashes in between.
 *
 * @throws when the journal ends before the point that was reached: then a part of it is missing
 */
export async function createTailer(deps: {
  store: Store;
  journal: Journal;
  audit: Audit;
  log: Logger;
}): Promise<Tailer> {
  const { store, journal, audit, log } = deps;
  const reached = await store.get('tailers', NAME);
  if (reached && reached.position > journal.head()) {
    throw new Error(
      `The journal ends at record ${journal.head()}, but record ${reached.position} has already been dealt with. ` +
        'Newer segment files are missing; put them back, then start again.',
    );
  }
  /** How far it has come, and the version of the stored mark; null when a failed commit leaves that open. */
  let mark: { position: Position; v: number } | null = null;
  let running: Promise<void> | null = null;
  let isWanted = false;
  let gathering: NodeJS.Timeout | undefined;

  async function commit(entries: Write[], position: Position, v: number): Promise<void> {
    const doc = { _id: NAME, position };
    const write: Write =
      v === 0 ? { op: 'insert', in: 'tailers', doc } : { op: 'replace', in: 'tailers', doc, ifVersion: v };
    await store.commit([write, ...entries]);
    audit.poke();
  }

  async function catchUp(): Promise<void> {
    const stored = mark ? null : await store.get('tailers', NAME);
    let { position, v } = mark ?? { position: stored?.position ?? 0, v: stored?.v ?? 0 };
    mark = null;
    let entries: Write[] = [];
    for await (const record of journal.replay(position + 1)) {
      if (record.position % AT_ONCE === 0) await turn();
      position = record.position;
      const entry = entryFor(audit, readRecord(record), position);
      if (entry) entries.push(entry);
      if (entries.length < CHUNK) continue;
      await commit(entries, position, v++);
      entries = [];
    }
    if (entries.length > 0) await commit(entries, position, v++);
    mark = { position, v };
  }

  function run(): Promise<void> {
    isWanted = true;
    running ??= (async () => {
      try {
        while (isWanted) {
          isWanted = false;
          await catchUp();
        }
      } finally {
        running = null;
      }
    })();
    return running;
  }

  function gathered(): void {
    gathering = undefined;
    run().catch((error: unknown) => log.error({ err: error }, 'attempt transitions could not be recorded'));
  }

  return {
    poke() {
      gathering ??= setTimeout(gathered, GATHER_MS).unref();
    },
    caughtUp: run,
    async stop() {
      clearTimeout(gathering);
      isWanted = false;
      await running?.catch(() => undefined);
    },
  };
}

/** The audit entry of a transition; null for a record that is none. */
function entryFor(audit: Audit, record: AttemptRecord, position: Position): Write | null {
  const { attempt, at } = record;
  const entry = (
    actor: Actor,
    action: AuditAction,
    { exam }: Whose,
    data: Record<string, string | number> = {},
  ) => audit.entry(actor, action, `attempt:${attempt}`, { exam, at, position, ...data });
  switch (record.type) {
    case 'start':
      return entry(candidateOf(attempt, record.data), 'attempt.start', record.data);
    case 'section': {
      const { number, from, by } = record.data;
      const actor = by === 'time' ? SYSTEM : candidateOf(attempt, record.data);
      return entry(actor, 'attempt.section', record.data, { number, from });
    }
    case 'submit': {
      const { lastSeq, receipt } = record.data;
      const data = { lastSeq, receipt: receipt.code };
      return entry(candidateOf(attempt, record.data), 'attempt.submit', record.data, data);
    }
    case 'line': {
      const { data } = record;
      const told = data.is === 'lost' ? { is: data.is, from: data.from, cause: data.cause } : { is: data.is };
      return entry(SYSTEM, 'attempt.line', data, told);
    }
    case 'time': {
      const { change, by } = record.data;
      const { decision, ms, reason } = change;
      return entry(staffOf(by), 'attempt.time', record.data, { decision, ms, reason });
    }
    case 'pause':
    case 'terminate': {
      const { decision, reason, by } = record.data;
      return entry(staffOf(by), `attempt.${record.type}`, record.data, { decision, reason });
    }
    case 'resume': {
      const { decision, by } = record.data;
      return entry(staffOf(by), 'attempt.resume', record.data, { decision });
    }
    case 'close': {
      const { receipt, decided } = record.data;
      const data = {
        ...(receipt && { receipt: receipt.code }),
        ...(decided && { policy: decided.policy }),
      };
      return entry(SYSTEM, 'attempt.close', record.data, data);
    }
    case 'supersede':
      return entry(SYSTEM, 'attempt.supersede', record.data, { by: record.data.by });
    case 'lease':
    case 'answer':
    case 'chunk':
    case 'late':
    case 'play':
      return null;
  }
}

function staffOf(user: string): Actor {
  return { kind: 'staff', user, roles: [] };
}

function candidateOf(attempt: string, { exam, candidate }: Whose): Actor {
  return { kind: 'candidate', candidate, exam, attempt };
}
