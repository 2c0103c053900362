import type { Entry } from '../../core/index.ts';
import { openDatabase, result } from './database.ts';
import { open } from './device-box.ts';
import { saveFile } from './save-file.ts';
import type { Seat } from './seat.ts';
import { changeRecord, LEFT, readLog, wipeAttempt, type AttemptRecord, type Bookmark } from './vault.ts';

/** An attempt that an earlier use of this browser left behind. */
export interface Leftover {
  attempt: string;
  number: string;
  /** Entries that the server had not acknowledged. */
  unsent: Entry[];
}

/** The attempt that was last opened here, as its page left it. */
interface Interrupted {
  seat: Seat;
  bookmark: Bookmark;
  hasPaper: boolean;
}

async function records(database: IDBDatabase): Promise<AttemptRecord[]> {
  return result<AttemptRecord[]>(database.transaction('attempts').objectStore('attempts').getAll());
}

function seatIn({ attempt, key, seat }: AttemptRecord): Promise<Seat> {
  return open<Seat>(key, [attempt], seat);
}

/** Every attempt that still rests in this browser, with what the server does not have of it. */
export async function leftovers(): Promise<Leftover[]> {
  const database = await openDatabase();
  return Promise.all(
    (await records(database)).map(async (record) => {
      const log = await readLog(database, record);
      const unsent = log.filter((entry) => entry.seq > (record.floors[entry.epoch] ?? 0));
      return { attempt: record.attempt, number: (await seatIn(record)).number, unsent };
    }),
  );
}

/** Unsent work that an earlier candidate left in this browser; null when there is none. */
export async function findLeftover(): Promise<Leftover | null> {
  const left = await leftovers().catch(() => []);
  return left.find(({ unsent }) => unsent.length > 0) ?? null;
}

/** How many questions have an answer in this browser that the server does not have. */
export async function countUnsent(): Promise<number> {
  const slots = (await leftovers()).map(({ unsent }) => new Set(unsent.map(({ slot }) => slot)).size);
  return slots.reduce((sum, count) => sum + count, 0);
}

/** Saves a leftover to a file and removes it from the browser; the name of the file. */
export async function exportLeftover({ attempt, number, unsent }: Leftover): Promise<string> {
  const file = saveFile(`niem-${number}`, { attempt, unsent });
  await wipeAttempt(await openDatabase(), attempt);
  return file;
}

/** What was worked at when the last page of this browser ended; null when its owner had left. */
export async function findInterrupted(): Promise<Interrupted | null> {
  const database = await openDatabase();
  const [last] = (await records(database))
    .filter(({ openedAt }) => openedAt > 0)
    .sort((a, b) => b.openedAt - a.openedAt);
  if (!last) return null;
  const papers = database.transaction('papers').objectStore('papers');
  const paper = await result(papers.getKey(last.attempt));
  return {
    seat: await seatIn(last),
    bookmark: last,
    hasPaper: paper !== undefined && last.paperKey !== null,
  };
}

/** Somebody sits here: finished attempts of others go; what has not been sent stays, but opens no paper. */
export async function clearOthers(attempt: string): Promise<void> {
  const database = await openDatabase();
  for (const left of await leftovers()) {
    if (left.attempt === attempt) continue;
    if (left.unsent.length === 0) await wipeAttempt(database, left.attempt);
    else await changeRecord(database, left.attempt, LEFT);
  }
}

/** Nobody is signed in: no paper opens on this device. */
export async function leaveAll(): Promise<void> {
  const database = await openDatabase();
  for (const { attempt } of await records(database)) await changeRecord(database, attempt, LEFT);
}
