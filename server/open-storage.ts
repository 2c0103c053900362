import type { Logger } from 'pino';
import { newId } from '#bank/vault';
import { readLastReport, standingOf } from '#server/doctor';
import { createFileKeyProvider, createKeyring, type KeyProvider, type RootKeyring } from '#server/keys';
import {
  claimPrimary,
  createEmbeddedStore,
  createMongoJournal,
  createMongoStore,
  createSegmentJournal,
  dialPeer,
  Duplicate,
  openReplicated,
  retiredOf,
  segmentKeys,
  supersededBy,
  writeSuccession,
  type Journal,
  type ReplicatedStorage,
  type SegmentKeys,
  type Standby,
  type Store,
  type Topology,
} from '#server/storage';
import { dataPaths } from './app.ts';
import { reportPath, type Config } from './config.ts';
import { readVersion } from './version.ts';

export interface Storage {
  store: Store;
  journal: Journal;
  keyring: RootKeyring;
  tenant: string;
  /** Members of the MongoDB replica set; null for the embedded store. */
  replicas: number | null;
  /** Null when there is none. */
  standby: Standby | null;
  /** Before the modules stop: nothing waits any longer for a standby that is not in step. */
  stop(): void;
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
  if (topology) await tellStanding(reportPath(config), provider, topology, log);
  const keyring = await createKeyring({ provider, store });
  const tenant = await setting(store, 'tenant', newId());
  const keys = segmentKeys(keyring, tenant);
  const journal = replicated
    ? await replicated.openJournal({ keys, onFailure: lose })
    : await openJournal(config.databaseUrl, paths.journal, keys, log, lose);
  opened.push(() => journal.close());
  await replicated?.start();
  return {
    store,
    journal,
    keyring,
    tenant,
    replicas: topology && topology.members,
    standby: replicated,
    stop: () => replicated?.stop(),
    lost,
  };
}

/**
 * Store and journal with a standby; null where the settings name none.
 *
 * @throws Unavailable when this folder may not serve: it is a standby's, or another has taken its place
 */
async function openWithStandby(
  { dataDir, standby, standbyMode, standbyTls }: Config,
  log: Logger,
  lose: (reason: Error) => void,
): Promise<ReplicatedStorage | null> {
  const succession = await claimPrimary(dataDir, { hasStandby: standby !== null });
  if (!standby || !standbyTls || !succession?.installation) return null;
  const { installation, term } = succession;
  const peer = `${standby.host}:${standby.port}`;
  log.info({ peer, mode: standbyMode, term }, 'this server has a standby');
  return openReplicated(dataPaths(dataDir), standbyMode, {
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

/** Tells whether "niem doctor" has passed this database; a report that cannot be read stops no start. */
async function tellStanding(
  path: string,
  provider: KeyProvider,
  topology: Topology,
  log: Logger,
): Promise<void> {
  try {
    const { isGood, says } = standingOf(await readLastReport(path, provider), topology);
    log[isGood ? 'info' : 'warn'](says);
  } catch (error) {
    log.warn({ err: error }, 'the report of "niem doctor" cannot be read');
  }
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
