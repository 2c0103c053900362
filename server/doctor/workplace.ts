import { randomKey, unwrapKey, wrapKey } from '#bank/vault';
import { createMongoJournal, createMongoStore, type Journal, type SegmentKeys } from '#server/storage';
import { testSchemas, type JournalSubject, type StoreSubject } from '#server/storage/contract';
import type { Facts } from './report.ts';
import type { Scratch } from './scratch.ts';

/** The contract's own: small enough for several keys within one case. */
const SEGMENT_BYTES = 65_536;

/** What the cases are given on MongoDB; everything that they opened is closed and dropped by `clear`. */
export interface Workplace {
  newUrl(): string;
  store: StoreSubject;
  journal: JournalSubject;
  clear(): Promise<void>;
}

/** Keys of a journal that lives for one run, under a root key that does not leave it. */
export function passingKeys(root: Uint8Array): SegmentKeys {
  return {
    wrap: async (key) => wrapKey(root, key),
    unwrap: async (wrapped) => unwrapKey(root, wrapped),
    keepOnly: async () => undefined,
  };
}

export function createWorkplace(scratch: Scratch, { sessions, transactions }: Facts): Workplace {
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(one: T): T => {
    opened.push(one);
    return one;
  };
  const openAt: StoreSubject['openAt'] = async (url, schemas) =>
    keep(await createMongoStore({ url, schemas }));
  const missing = sessions ? 'this server is no replica set' : 'this server has no sessions';
  return {
    newUrl: scratch.newUrl,
    store: {
      open: () => openAt(scratch.newUrl(), testSchemas),
      newPlace: scratch.newUrl,
      openAt,
      withoutTransactions: () => (transactions ? undefined : missing),
      // only the stand-ins without sessions sort otherwise
      ordersTextByBytes: () => sessions,
    },
    journal: {
      async newHome() {
        const options = {
          url: scratch.newUrl(),
          keys: passingKeys(randomKey()),
          segmentBytes: SEGMENT_BYTES,
        };
        return { open: async (): Promise<Journal> => keep(await createMongoJournal(options)) };
      },
    },
    async clear() {
      await Promise.allSettled(opened.splice(0).map((one) => one.close()));
      await scratch.drop();
    },
  };
}
