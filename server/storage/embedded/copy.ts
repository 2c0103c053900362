import { find } from '../planned.ts';
import { schemas } from '../models/index.ts';
import { Conflict, Duplicate } from '../store.ts';
import { apply } from './apply.ts';
import { hashEntry, readLogHead, writeLogHead, type LogPosition } from './commit-log.ts';
import { DoesNotFollow } from './does-not-follow.ts';
import { causeOf } from './failure.ts';
import { openFolder } from './open.ts';
import { decodeWrites, insertOf } from './shipped-writes.ts';

/** A copy of a store that lives elsewhere, fed with its commits. */
export interface StoreCopy {
  /** Null until the copy is whole. */
  position(): LogPosition | null;
  /**
   * Carries commits out that follow the position, all of them or none; durable when it returns.
   *
   * @throws DoesNotFollow when they do not follow it, or do not fit what is here
   */
  apply(after: LogPosition, commits: readonly Buffer[]): Promise<void>;
  /** Adds documents to a copy that is not whole yet. @throws DoesNotFollow when one is there already */
  add(collection: string, documents: readonly Buffer[]): Promise<void>;
  /** The copy is whole and stands for this position. */
  complete(position: LogPosition): Promise<void>;
  close(): Promise<void>;
}

/** @throws Unavailable when another process has the folder, or it cannot be read */
export async function openStoreCopy(dir: string): Promise<StoreCopy> {
  const folder = await openFolder(dir, schemas);
  const { root, meta, ownership, collections, tables } = folder;

  async function transaction(work: () => void): Promise<void> {
    try {
      await root.childTransaction(() => {
        ownership.verify();
        work();
      });
    } catch (error) {
      if (error instanceof Conflict || error instanceof Duplicate) {
        throw new DoesNotFollow('a commit does not fit the copy', { cause: error });
      }
      throw await causeOf(error);
    }
  }

  function position(): LogPosition | null {
    root.resetReadTxn();
    const head = readLogHead(meta);
    return head && { log: head.log, seq: head.seq, hash: head.hash };
  }

  const stand = ({ log, seq, hash }: LogPosition) =>
    writeLogHead(meta, { log, seq, hash, oldest: seq + 1, bytes: 0 });

  return {
    position,
    apply(after, commits) {
      const decoded = commits.map((commit) => decodeWrites(collections, commit));
      return transaction(() => {
        const head = readLogHead(meta);
        if (head?.log !== after.log || head.seq !== after.seq || !head.hash.equals(after.hash)) {
          throw new DoesNotFollow('a commit is not the next one');
        }
        for (const write of decoded.flat()) apply(find(tables, write.in.name), write);
        stand({
          log: head.log,
          seq: head.seq + commits.length,
          hash: commits.reduce<Buffer>(hashEntry, head.hash),
        });
      });
    },
    add(name, documents) {
      const writes = documents.map((bytes) => insertOf(collections, name, bytes));
      return transaction(() => {
        if (readLogHead(meta)) throw new DoesNotFollow('the copy is whole already');
        for (const write of writes) apply(find(tables, name), write);
      });
    },
    complete: (position) => transaction(() => stand(position)),
    async close() {
      ownership.release({ record: true });
      await root.close();
    },
  };
}
