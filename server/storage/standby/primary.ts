import { createLoggedStore } from '../embedded/store.ts';
import type { Journal } from '../journal.ts';
import type { SegmentKeys } from '../batches/index.ts';
import { createSegmentJournal, type SegmentPlace } from '../segment-journal/index.ts';
import { StandbyMissing, Unavailable, type Store } from '../store.ts';
import { createAgreement, type StandbyState } from './agreement.ts';
import { openLink, type LinkOptions, type StandbyLink } from './link.ts';
import { needsBoth } from './needs-both.ts';
import { replicated, followerOf } from './replicated.ts';
import type { SecondDisk } from './second-disk.ts';

/** How a standby stands, for whoever watches the server. */
export interface Standby {
  state(): StandbyState;
  /** Whether anything may be acknowledged now. */
  accepts(): boolean;
  /** Whether it has, within a moment, every commit that was made before the call. */
  hasCommits(): Promise<boolean>;
}

/** Store and journal of this folder, with a standby that gets all that is written to them. */
export interface ReplicatedStorage extends Standby, SecondDisk {
  store: Store;
  /** Opens the journal. */
  openJournal(options: {
    keys: SegmentKeys;
    segmentBytes?: number;
    flushFloorMs?: number;
    onFailure?(reason: Error): void;
  }): Promise<Journal>;
  /** Begins to ship. */
  start(): void;
  /** Ends the connection; journal and store are closed by their owners. */
  close(): Promise<void>;
}

/**
 * Until `start` nothing waits for the standby: what a server writes while it opens its storage is told to nobody, and
 * the standby gets it before anything is acknowledged.
 *
 * @throws Unavailable when another process has the folder
 */
export async function openReplicated(
  paths: { store: string; journal: string },
  options: Omit<LinkOptions, 'agreement'>,
): Promise<ReplicatedStorage> {
  const agreement = createAgreement();
  let place: (() => SegmentPlace) | null = null;
  let link: StandbyLink | null = null;
  const poke = () => link?.poke();
  const { store, log: commits } = await createLoggedStore({
    dir: paths.store,
    batch: () => place?.().batch ?? 0,
  });
  const strict = replicated(store, {
    commits,
    agreement,
    poke,
    needsBoth: (writes) => needsBoth(store, writes),
  });
  const follower = followerOf(agreement, (tell) => (place = tell), poke);

  return {
    store: { ...strict, commit: (writes) => (link ? strict.commit(writes) : store.commit(writes)) },
    openJournal: (journal) => createSegmentJournal({ ...journal, dir: paths.journal, follower }),
    start() {
      if (!place) throw new Error('the journal must be open before it is shipped');
      link = openLink({ commits, journalDir: paths.journal, place }, { ...options, agreement });
    },
    async caughtUp() {
      agreement.admitOnBoth();
      poke();
      await agreement.onBoth('batch', place?.().batch ?? 0);
    },
    async hasCommits() {
      try {
        agreement.admitOnBoth();
        poke();
        await agreement.onBoth('seq', commits.head().seq);
        return true;
      } catch (error) {
        if (error instanceof StandbyMissing) return false;
        throw error;
      }
    },
    state: agreement.state,
    accepts: agreement.accepts,
    async close() {
      agreement.end(new Unavailable('The server has stopped.'));
      await link?.stop();
    },
  };
}
