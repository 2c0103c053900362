import type { CommitLog } from '../embedded/commit-log.ts';
import type { Follower, SegmentPlace } from '../segment-journal/index.ts';
import { Conflict, Duplicate, type Store } from '../store.ts';
import type { Agreement } from './agreement.ts';

/**
 * A store whose commits may be acknowledged only when the agreement says so. A refusal waits as well: what it rests on
 * may be a commit that the standby does not have yet.
 */
export function replicated(
  store: Store,
  deps: { commits: CommitLog; agreement: Agreement; poke(): void },
): Store {
  const { commits, agreement, poke } = deps;
  async function onBoth(): Promise<void> {
    poke();
    await agreement.reached('seq', commits.head().seq);
  }
  return {
    get: (collection, id) => store.get(collection, id),
    getMany: (collection, ids) => store.getMany(collection, ids),
    range: (collection, query) => store.range(collection, query),
    count: (collection, query) => store.count(collection, query),
    async commit(writes) {
      agreement.admit();
      try {
        await store.commit(writes);
      } catch (error) {
        if (error instanceof Conflict || error instanceof Duplicate) await onBoth();
        throw error;
      }
      await onBoth();
    },
    close: () => store.close(),
  };
}

/** The same for a journal in segments. */
export function followerOf(
  agreement: Agreement,
  follow: (place: () => SegmentPlace) => void,
  poke: () => void,
): Follower {
  return {
    follow,
    admit: agreement.admit,
    written(batch) {
      poke();
      return agreement.reached('batch', batch);
    },
  };
}
