import type { CommitLog } from '../embedded/commit-log.ts';
import type { Follower, SegmentPlace } from '../segment-journal/index.ts';
import { Conflict, Duplicate, type Store, type Write } from '../store.ts';
import type { Agreement } from './agreement.ts';

/**
 * A store whose commits may be acknowledged only when the agreement says so: those that `needsBoth` names once the
 * standby has them. A refusal of one of these waits as well: what it rests on may be a commit that the standby does not
 * have yet.
 */
export function replicated(
  store: Store,
  deps: {
    commits: CommitLog;
    agreement: Agreement;
    poke(): void;
    needsBoth(writes: readonly Write[]): Promise<boolean>;
  },
): Store {
  const { commits, agreement, poke, needsBoth } = deps;

  async function commitOnBoth(writes: readonly Write[]): Promise<void> {
    agreement.admitOnBoth();
    try {
      await store.commit(writes);
    } catch (error) {
      if (error instanceof Conflict || error instanceof Duplicate) await onBoth();
      throw error;
    }
    await onBoth();
  }

  async function onBoth(): Promise<void> {
    poke();
    await agreement.onBoth('seq', commits.head().seq);
  }

  return {
    get: (collection, id) => store.get(collection, id),
    getMany: (collection, ids) => store.getMany(collection, ids),
    range: (collection, query) => store.range(collection, query),
    count: (collection, query) => store.count(collection, query),
    async commit(writes) {
      agreement.admit();
      if (await needsBoth(writes)) return commitOnBoth(writes);
      await store.commit(writes);
      agreement.admit();
      poke();
    },
    close: () => store.close(),
  };
}

/** Ships what a journal in segments writes. */
export function followerOf(
  agreement: Agreement,
  follow: (place: () => SegmentPlace) => void,
  poke: () => void,
): Follower {
  return {
    follow,
    written() {
      agreement.admit();
      poke();
    },
  };
}
