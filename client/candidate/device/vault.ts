import type { FetchedPaper, Response as Answer, SectionWord } from '#bank/protocol';
import type { Entry, Lease, Phase } from '../../core/index.ts';
import { randomText } from './bytes.ts';
import { entriesOf, openDatabase, result, write } from './database.ts';
import { open, seal, type Sealed } from './device-box.ts';
import type { Seat } from './seat.ts';

/** What is kept of an attempt beside its entries; nothing of it says who or what. */
export interface Bookmark {
  floors: Readonly<Record<number, number>>;
  lease: Lease | null;
  flags: readonly number[];
  slot: number;
  phase: Phase;
  startsAt: number | null;
  endsAt: number | null;
  /** Absent from what an earlier version of the page kept. */
  section?: SectionWord | null;
  /** Server time less the wall clock of this device, in ms; null before the server has told its time. */
  ahead: number | null;
  /** Opens the index box of this section and cannot be exported; here only while the attempt is running on this device. */
  paperKey: CryptoKey | null;
}

export interface AttemptRecord extends Bookmark {
  attempt: string;
  /** AES-256-GCM, cannot be exported: entries can be read in this browser profile only. */
  key: CryptoKey;
  /** Names this browser to the server for this attempt. */
  device: string;
  /** Who sits here, encrypted like an entry. */
  seat: Sealed;
  /** When a page last opened it, by the device's clock; 0 once its owner has left or was signed out. */
  openedAt: number;
}

interface EntryRecord extends Sealed {
  attempt: string;
  epoch: number;
  seq: number;
}

/** Where one attempt's answers rest on this device until the attempt is known to be closed. */
export interface Vault {
  device: string;
  load(): Promise<Bookmark & { log: Entry[] }>;
  put(entries: readonly Entry[]): Promise<void>;
  /** Does nothing once the attempt has been wiped; the same holds for `leave` and `keepPaper`. */
  mark(bookmark: Bookmark): Promise<void>;
  /** Its owner goes: what has not been sent stays, but nothing opens the paper here any more. */
  leave(): Promise<void>;
  /** The paper as far as it has come, sealed; undefined before it was kept, without boxes from an earlier build. */
  paper(): Promise<Partial<FetchedPaper> | undefined>;
  keepPaper(paper: FetchedPaper): Promise<void>;
  wipe(): Promise<void>;
}

const NOTHING: Bookmark = {
  floors: {},
  lease: null,
  flags: [],
  slot: 0,
  phase: 'joining',
  startsAt: null,
  endsAt: null,
  ahead: null,
  paperKey: null,
};

/** What a record is when nobody works at its attempt. */
export const LEFT = { openedAt: 0, paperKey: null } as const;

function entryParts(attempt: string, epoch: number, seq: number): string[] {
  return [attempt, String(epoch), String(seq)];
}

export async function readLog(database: IDBDatabase, { attempt, key }: AttemptRecord): Promise<Entry[]> {
  const store = database.transaction('entries').objectStore('entries');
  const records = await result<EntryRecord[]>(store.getAll(entriesOf(attempt)));
  return Promise.all(
    records.map(async (record) => {
      const { epoch, seq } = record;
      const [slot, response] = await open<[number, Answer]>(key, entryParts(attempt, epoch, seq), record);
      return { epoch, seq, slot, response };
    }),
  );
}

async function makeRecord(seat: Seat): Promise<AttemptRecord> {
  const { attempt } = seat;
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  const sealed = await seal(key, [attempt], seat);
  return { ...NOTHING, attempt, key, device: randomText(16), seat: sealed, openedAt: 0 };
}

/** Changes part of a record if it is still there. */
export function changeRecord(
  database: IDBDatabase,
  attempt: string,
  part: Partial<AttemptRecord>,
): Promise<void> {
  return write(database, ['attempts'], (transaction) => {
    const store = transaction.objectStore('attempts');
    const found: IDBRequest<AttemptRecord | undefined> = store.get(attempt);
    found.addEventListener('success', () => {
      if (found.result) store.put({ ...found.result, ...part });
    });
  });
}

export function wipeAttempt(database: IDBDatabase, attempt: string): Promise<void> {
  return write(database, ['attempts', 'papers', 'entries'], (transaction) => {
    transaction.objectStore('entries').delete(entriesOf(attempt));
    transaction.objectStore('papers').delete(attempt);
    transaction.objectStore('attempts').delete(attempt);
  });
}

/** The record of an attempt, made with a fresh key when it is the first time, and opened from now on. */
async function openRecord(database: IDBDatabase, seat: Seat): Promise<AttemptRecord> {
  const attempts = database.transaction('attempts').objectStore('attempts');
  const known = await result<AttemptRecord | undefined>(attempts.get(seat.attempt));
  const record = { ...(known ?? (await makeRecord(seat))), openedAt: Date.now() };
  await write(database, ['attempts'], (transaction) => {
    transaction.objectStore('attempts').put(record);
  });
  return record;
}

/** Opens the place of an attempt. Rejects where storage is refused. */
export async function openVault(seat: Seat): Promise<Vault> {
  const { attempt } = seat;
  const database = await openDatabase();
  const record = await openRecord(database, seat);
  return {
    device: record.device,
    load: async () => ({ ...record, log: await readLog(database, record) }),
    async put(entries) {
      const sealed = await Promise.all(
        entries.map(async ({ epoch, seq, slot, response }) => ({
          ...(await seal(record.key, entryParts(attempt, epoch, seq), [slot, response])),
          attempt,
          epoch,
          seq,
        })),
      );
      await write(database, ['entries'], (transaction) => {
        for (const entry of sealed) transaction.objectStore('entries').put(entry);
      });
    },
    mark: (bookmark) => changeRecord(database, attempt, bookmark),
    leave: () => changeRecord(database, attempt, LEFT),
    paper: () => result(database.transaction('papers').objectStore('papers').get(attempt)),
    keepPaper: (paper) =>
      write(database, ['attempts', 'papers'], (transaction) => {
        const known = transaction.objectStore('attempts').getKey(attempt);
        known.addEventListener('success', () => {
          if (known.result !== undefined) transaction.objectStore('papers').put(paper);
        });
      }),
    wipe: () => wipeAttempt(database, attempt),
  };
}
