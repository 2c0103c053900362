import {
  DomainError,
  examKeyContext,
  examOpenKeyContext,
  mediaKeyInfo,
  mediaRootInfo,
  roomKeyInfo,
  sectionKeyInfo,
  type WritingTimes,
} from '#bank/protocol';
import { hkdf, randomKey } from '#bank/vault';
import type { Clock } from '#server/http';
import type { Keyring } from '#server/keys';
import type { Sealed, Store, Stored } from '#server/storage';

interface CustodyDeps {
  store: Store;
  /** Needs the `paper` lines of exams and no other. */
  keyring: Keyring;
  clock: Clock;
  tenant: string;
}

/** The key of an exam that is being sealed, held only while its papers are made. */
interface NewExamKey {
  /** What `exams.paperKey` keeps. */
  sealed: Sealed;
  /** Key of the index box of a section (from 0) of an attempt, 32 bytes. */
  sectionKey(attempt: string, section?: number): Uint8Array;
  /** Key of the pieces of a recording in this sitting, 32 bytes. */
  mediaKey(media: string): Uint8Array;
  erase(): void;
}

/** Keeps the keys of sealed papers: closed until an exam runs, in memory while it does, gone when it ends. */
export interface Custody {
  /** A new random exam key. The caller stores `sealed` and erases the rest. */
  newKey(exam: string): Promise<NewExamKey>;
  /**
   * The key of a sealed exam, sealed anew for the times at which it is written: what `exams.openKey` keeps from the
   * start on. A changed database cannot bring it about, so that only a start by this server opens papers.
   *
   * @throws DomainError `exam-not-sealed` when the exam has no papers
   */
  keyFor(exam: Stored<'exams'>, times: WritingTimes): Promise<Sealed>;
  /**
   * Takes the key of a running exam into memory; again after a restart. Doing it twice changes nothing.
   *
   * @throws DomainError `exam-not-open` unless the exam was started and its starting time has come; CryptoError when
   * its times are not those of the start
   */
  open(exam: string): Promise<void>;
  /**
   * @throws DomainError `exam-not-closed` unless the exam was started and its time is over; CryptoError as above
   */
  requireEnded(exam: Stored<'exams'>): Promise<void>;
  isOpen(exam: string): boolean;
  /**
   * The 32-byte key that opens the index box of a section of an attempt; without sections the paper is section 0.
   *
   * @throws DomainError `exam-not-open` while the key is not in memory
   */
  sectionKey(exam: string, attempt: string, section?: number): Uint8Array;
  /**
   * The 32-byte key of the pieces of a recording, by its address in the sitting.
   *
   * @throws DomainError `exam-not-open` while the key is not in memory
   */
  mediaKey(exam: string, media: string): Uint8Array;
  /** Overwrites and forgets the key. */
  close(exam: string): void;
  closeAll(): void;
}

/** One room is all that exams have so far. */
const ROOM = 'main';

/** What is derived from the key of an exam that is being sealed or written. */
interface DerivedKeys {
  room: Uint8Array;
  media: Uint8Array;
}

export function createCustody({ store, keyring, clock, tenant }: CustodyDeps): Custody {
  const derived = new Map<string, DerivedKeys>();
  /** How often an exam was closed, so that an opening under way does not bring its key back. */
  const closings = new Map<string, number>();

  function keep(exam: string, keys: DerivedKeys | null): void {
    const before = derived.get(exam);
    if (before) erase(before);
    if (keys) derived.set(exam, keys);
    else derived.delete(exam);
  }

  function requireKeys(exam: string): DerivedKeys {
    const keys = derived.get(exam);
    if (!keys) throw new DomainError('exam-not-open', 409);
    return keys;
  }

  function close(exam: string): void {
    closings.set(exam, (closings.get(exam) ?? 0) + 1);
    keep(exam, null);
  }

  /** The key of an exam that was started, when its times are still those of the start; null before the start. */
  async function openStarted({
    _id,
    startsAt,
    endsAt,
    openKey,
  }: Stored<'exams'>): Promise<Uint8Array | null> {
    if (!startsAt || !endsAt || !openKey) return null;
    return keyring.open(line(_id), examOpenKeyContext(tenant, _id, { startsAt, endsAt }), openKey);
  }

  return {
    async newKey(exam) {
      const examKey = randomKey();
      const keys = deriveKeys(examKey, exam);
      const sealed = await keyring.seal(line(exam), examKeyContext(tenant, exam), examKey);
      examKey.fill(0);
      return {
        sealed,
        sectionKey: (attempt, section = 0) => toSectionKey(keys.room, attempt, section),
        mediaKey: (media) => toMediaKey(keys.media, media),
        erase: () => erase(keys),
      };
    },
    async keyFor({ _id, state, paperKey }, times) {
      if (!paperKey) throw new DomainError('exam-not-sealed', 409, { state });
      const examKey = await keyring.open(line(_id), examKeyContext(tenant, _id), paperKey);
      const sealed = await keyring.seal(line(_id), examOpenKeyContext(tenant, _id, times), examKey);
      examKey.fill(0);
      return sealed;
    },
    async open(exam) {
      if (derived.has(exam)) return;
      const closed = closings.get(exam);
      const record = await store.get('exams', exam);
      if (record?.state !== 'open' || !hasCome(record.startsAt, clock))
        throw new DomainError('exam-not-open', 409);
      const examKey = await openStarted(record);
      if (!examKey) throw new DomainError('exam-not-open', 409);
      const keys = deriveKeys(examKey, exam);
      examKey.fill(0);
      if (closings.get(exam) !== closed) {
        erase(keys);
        throw new DomainError('exam-not-open', 409);
      }
      keep(exam, keys);
    },
    async requireEnded(exam) {
      const examKey = hasCome(exam.endsAt, clock) ? await openStarted(exam) : null;
      if (!examKey) throw new DomainError('exam-not-closed', 409, { state: exam.state });
      examKey.fill(0);
    },
    isOpen: (exam) => derived.has(exam),
    sectionKey: (exam, attempt, section = 0) => toSectionKey(requireKeys(exam).room, attempt, section),
    mediaKey: (exam, media) => toMediaKey(requireKeys(exam).media, media),
    close,
    closeAll: () => [...derived.keys()].forEach(close),
  };
}

function line(exam: string): string {
  return `exam/${exam}/paper`;
}

function hasCome(startsAt: Date | undefined, clock: Clock): boolean {
  return startsAt !== undefined && startsAt.getTime() <= clock.now();
}

function deriveKeys(examKey: Uint8Array, exam: string): DerivedKeys {
  return { room: hkdf(examKey, roomKeyInfo(exam, ROOM)), media: hkdf(examKey, mediaRootInfo(exam)) };
}

function erase({ room, media }: DerivedKeys): void {
  room.fill(0);
  media.fill(0);
}

function toSectionKey(roomKey: Uint8Array, attempt: string, section: number): Uint8Array {
  return hkdf(roomKey, sectionKeyInfo(attempt, section));
}

function toMediaKey(mediaRoot: Uint8Array, media: string): Uint8Array {
  return hkdf(mediaRoot, mediaKeyInfo(media));
}
