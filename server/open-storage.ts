import type { Logger } from 'pino';
import { newId } from '#bank/vault';
import { readStanding } from '#server/doctor';
import type { Means } from '#server/exams';
import { createFileKeyProvider, createKeyring, type RootKeyring } from '#server/keys';
import {
  claimPrimary,
  createEmbeddedStore,
  createMongoJournal,
  createMongoStore,
  createSegmentJournal,
  dialPeer,
  MAJORITY,
  NO_SECOND_DISK,
  Duplicate,
  openReplicated,
  retiredOf,
  segmentKeys,
  supersededBy,
  writeSuccession,
  type Journal,
  type ReplicatedStorage,
  type SecondDisk,
  type SegmentKeys,
  type Standby,
  type Store,
} from '#server/storage';
import { dataPaths } from './app.ts';
import { reportPath, type Config } from './config.ts';
import { readVersion } from './version.ts';

export interface Storage {
  store: Store;
  journal: Journal;
  keyring: RootKeyring;
  tenant: string;
  means: Means;
  /** Null when there is none. */
  standby: Standby | null;
  secondDisk: SecondDisk;
  /** Resolves when nothing can be acknowledged any more: the process must end, at once. */
  lost: Promise<Error>;
}

const NO_REPLICA_SET =
  'NIEM_DATABASE_URL: máy chủ MongoDB này không phải replica set nên không có giao dịch. Hãy khởi động mongod với ' +
  '--replSet và chạy rs.initiate() một lần, hoặc bỏ NIEM_DATABASE_URL để dùng kho nhúng. / This MongoDB is no ' +
  'replica set, so it has no transactions. Start mongod with --replSet and run rs.initiate() once, or remove ' +
  'NIEM_DATABASE_URL to use the embedded store.';

/**
 * Opens Store, keys and Journal as the settings say: in the data folder, or both in MongoDB. There it waits while
 * another server owns the journal, so that of two servers on one database one works and the other stands by.
 * `opened` receives what closes them again.
 */
export async function openStorage(
  config: Config,
  log: Logger,
  opened: (() => Promise<void>)[],
): Promise<Storage> {
  const paths = dataPaths(config.dataDir);
  let lose: (reason: Error) => void = () => undefined;
  const lost = new Promise<Error>((resolve) => (lose = resolve));
  const replicated = await openWithStandby(config, log, lose);
  const { store, topology } = replicated
    ? { store: replicated.store, topology: null }
    : await openStore(config.databaseUrl, paths.store);
  opened.push(() => store.close());
  if (replicated) opened.push(() => replicated.close());
  const provider = await createFileKeyProvider({
    path: config.keyFile,
    dataFolder: config.dataDir,
    ...(config.keyPassphrase !== null && { passphrase: config.keyPassphrase }),
  });
  const standing = topology && (() => readStanding(reportPath(config), provider, topology));
  if (standing) {
    const { isGood, says } = await standing();
    log[isGood ? 'info' : 'warn'](says);
  }
  const keyring = await createKeyring({ provider, store });
  const tenant = await setting(store, 'tenant', newId());
  const keys = segmentKeys(keyring, tenant);
  const journal = replicated
    ? await replicated.openJournal({ keys, onFailure: lose })
    : await openJournal(config.databaseUrl, paths.journal, keys, log, lose);
  opened.push(() => journal.close());
  replicated?.start();
  return {
    store,
    journal,
    keyring,
    tenant,
    means:
      topology && standing
        ? {
            database: 'mongodb',
            members: topology.members,
            isExamined: async () => (await standing()).isGood,
          }
        : { database: 'embedded', hasStandby: replicated !== null },
    standby: replicated,
    secondDisk: replicated ?? (topology ? MAJORITY : NO_SECOND_DISK),
    lost,
  };
}

/**
 * Store and journal with a standby; null where the settings name none.
 *
 * @throws Unavailable when this folder may not serve: it is a standby's, or another has taken its place
 */
async function openWithStandby(
  { dataDir, standby, standbyTls }: Config,
  log: Logger,
  lose: (reason: Error) => void,
): Promise<ReplicatedStorage | null> {
  const succession = await claimPrimary(dataDir, { hasStandby: standby !== null });
  if (!standby || !standbyTls || !succession?.installation) return null;
  const { installation, term } = succession;
  const peer = `${standby.host}:${standby.port}`;
  log.info({ peer, term }, 'this server has a standby');
  return openReplicated(dataPaths(dataDir), {
    peer,
    installation,
    term,
    version: readVersion(),
    dial: () => dialPeer(standby, standbyTls),
    async onSuperseded(newer) {
      await writeSuccession(dataDir, { installation, term: newer, role: 'superseded' });
      const reason = new Error(supersededBy(newer, dataDir));
      lose(reason);
      return reason;
    },
    onChange(reason) {
      if (reason) log.warn({ peer, reason: reason.message }, 'the standby is not in step');
      else log.warn({ peer }, 'the standby is in step');
    },
  });
}

/** A fact fixed at the first start; the value is used only when none is stored yet. */
export async function setting(store: Store, name: string, first: string): Promise<string> {
  const known = await store.get('settings', name);
  if (known) return known.value;
  try {
    await store.commit([{ op: 'insert', in: 'settings', doc: { _id: name, value: first } }]);
    return first;
  } catch (error) {
    if (!(error instanceof Duplicate)) throw error;
    return setting(store, name, first);
  }
}

/**
 * Server time of the last record, also when it is retired; 0 when there never was one. A server that starts on a machine whose clock was set back
 * begins here, so that nothing happens before what is on the record.
 */
export async function lastTimeOf(journal: Journal, store: Store): Promise<number> {
  const head = journal.head();
  let last = (await retiredOf(store))?.at ?? 0;
  if (head > 0) for await (const { at } of journal.replay(head)) last = at;
  return last;
}

async function openStore(url: string | null, dir: string) {
  if (!url) return { store: await createEmbeddedStore({ dir }), topology: null };
  const store = await createMongoStore({ url });
  if (store.topology.transactions) return { store, topology: store.topology };
  await store.close();
  throw new Error(NO_REPLICA_SET);
}

function openJournal(
  url: string | null,
  dir: string,
  keys: SegmentKeys,
  log: Logger,
  onFailure: (reason: Error) => void,
): Promise<Journal> {
  if (!url) return createSegmentJournal({ dir, keys, onFailure });
  return createMongoJournal({
    url,
    keys,
    onFailure,
    onWaiting: (holder) =>
      log.warn({ holder }, 'another server owns this database; waiting until that one is gone'),
  });
}
