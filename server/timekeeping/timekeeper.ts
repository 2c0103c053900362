import type { Logger } from 'pino';
import type { Actor, ClockEvent } from '#bank/protocol';
import { newId } from '#bank/vault';
import type { Audit } from '#server/audit';
import { createClock, type Clock } from '#server/http';
import type { Store, Stored, Write } from '#server/storage';
import { resumeTime, settingOf, type ClockMark } from './resume.ts';
import { readUptime, type ReadUptime } from './uptime.ts';

const MARK = 'server';
const MARK_MS = 5000;
/** Events that are shown of one exam. */
const MOST_SHOWN = 20;
const SYSTEM: Actor = { kind: 'system' };

/** The clocks of the computer, unless a test stands in for them. */
export interface Clocks {
  wall(): number;
  uptime: ReadUptime;
}

export const REAL_CLOCKS: Clocks = { wall: Date.now, uptime: readUptime };

/** The clock of a server that starts, and what people have to see of how it went on. */
export interface OpenedClock {
  clock: Clock;
  event: ClockEvent | null;
}

/**
 * Server time goes on from what is on the record.
 *
 * @param lastAt server time of the last record of the journal; 0 when there is none
 */
export async function openClock(store: Store, lastAt: number, clocks = REAL_CLOCKS): Promise<OpenedClock> {
  const stored = await store.get('clockMarks', MARK);
  const isHeld = (await store.count('exams', { index: 'by_state', equals: ['open'] })) > 0;
  const { time, event } = resumeTime({
    wall: clocks.wall(),
    uptime: clocks.uptime(),
    mark: stored && markOf(stored),
    lastAt,
    isHeld,
  });
  return { clock: createClock(time), event };
}

/** Keeps the evidence of the time that has really passed, and of what was done to the clock of the computer. */
export interface Timekeeper {
  /** What happened to the clock between these moments, newest first. Milliseconds since 1970, UTC. */
  events(from: number, to: number): Promise<ClockEvent[]>;
  /** Looks at the clocks and writes them down; its own timer does the same every few seconds. */
  mark(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Writes down the clocks before it resolves, together with `opened.event` as an entry of the ledger.
 *
 * @throws Unavailable
 */
export async function createTimekeeper(
  deps: { store: Store; audit: Audit; log: Logger; opened: OpenedClock },
  clocks = REAL_CLOCKS,
): Promise<Timekeeper> {
  const { store, audit, log } = deps;
  const { clock, event } = deps.opened;
  let before = read();
  let writing = write(before, event);
  await writing;

  function read(): ClockMark {
    return { at: clock.now(), wall: clocks.wall(), uptime: clocks.uptime() };
  }

  async function write(mark: ClockMark, seen: ClockEvent | null): Promise<void> {
    const stored = await store.get('clockMarks', MARK);
    const doc = { _id: MARK, at: mark.at, wall: mark.wall, ...mark.uptime };
    const write: Write = stored
      ? { op: 'replace', in: 'clockMarks', doc, ifVersion: stored.v }
      : { op: 'insert', in: 'clockMarks', doc };
    await store.commit(seen ? [write, ...recordOf(seen)] : [write]);
    if (!seen) return;
    const { kind, ...told } = seen;
    log.warn(told, WORDS[kind]);
    audit.poke();
  }

  function recordOf(seen: ClockEvent): Write[] {
    return [
      { op: 'insert', in: 'clockEvents', doc: { _id: `${moment(seen.at)}.${newId()}`, ...seen } },
      audit.entry(SYSTEM, 'server.clock', 'server:clock', { ...seen }),
    ];
  }

  /** What it did not manage to write down is seen again by the next look. */
  async function mark(): Promise<void> {
    const now = read();
    await write(now, settingOf(before.at, now.at, now.wall - before.wall - (now.at - before.at)));
    before = now;
  }

  function look(): Promise<void> {
    writing = writing.then(mark, mark);
    return writing;
  }

  const looking = setInterval(() => {
    look().catch((error: unknown) => log.error({ err: error }, 'the clocks could not be written down'));
  }, MARK_MS);
  looking.unref();

  return {
    async events(from, to) {
      const within = { gte: moment(from), lt: moment(to + 1) };
      const query = { index: '_id', order: 'desc', limit: MOST_SHOWN, ...within } as const;
      const { docs } = await store.range('clockEvents', query);
      return docs.map(({ kind, from: since, at, byMs }) => ({ kind, from: since, at, byMs }));
    },
    mark: look,
    async stop() {
      clearInterval(looking);
      await writing.catch(() => undefined);
    },
  };
}

const WORDS = {
  set: 'the clock of this machine was set; exams that are held go on by the time that has really passed',
  behind: 'the clock of this machine is behind the record; server time goes on from the record',
  away: 'this server was away longer than usual during an exam, by the clock of this machine',
} as const satisfies Record<ClockEvent['kind'], string>;

/** Sorts like the moment itself. */
function moment(at: number): string {
  return String(at).padStart(15, '0');
}

function markOf({ at, wall, boot, sinceMs }: Stored<'clockMarks'>): ClockMark {
  return { at, wall, uptime: boot !== undefined && sinceMs !== undefined ? { boot, sinceMs } : null };
}
