import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'bson';
import type { RootDatabase } from 'lmdb';
import { newId } from '#bank/vault';
import type { OpenFolder } from './open.ts';
import type { Bytes } from './tables.ts';

/**
 * The commits of a store, numbered and linked by hashes, for a copy of it elsewhere. An entry is written in the same
 * transaction as its commit, so the log says neither more nor less than the store. It is kept for as long as the
 * copy lacks it, and up to a size; whoever lacks more needs the whole store anew.
 *
 *   table `shipping`: number u64 big endian → batch of the journal u64 big endian | hash of the entry before (32)
 *   | writes (shipped-writes.ts);  meta `shipping`: how far it goes
 *
 * Hash of an entry: SHA-256 over the hash before it and its writes.
 */
export interface CommitLog {
  head(): LogHead;
  /**
   * The entries after this one, up to about so many bytes. `gone`: they are not kept, or belong to another log, so that
   * only the whole store helps. `contradicts`: this log has another history, or a shorter one.
   */
  after(position: LogPosition, bytes: number): LogEntry[] | 'gone' | 'contradicts';
  /** The copy has everything up to here. */
  shipped(seq: number): void;
  /** Every document as it was at one moment, in pieces of about a megabyte, and the position of that moment. */
  snapshot(): Snapshot;
}

/** A place in a log: the entry `seq` with this hash. */
export interface LogPosition {
  log: string;
  seq: number;
  hash: Buffer;
}

export interface LogHead extends LogPosition {
  /** Lowest number that is kept; one above `seq` when none is. */
  oldest: number;
  /** Bytes of the entries that are kept. */
  bytes: number;
}

export interface LogEntry {
  seq: number;
  /** Last batch of the journal that was durable before this commit. */
  batch: number;
  writes: Buffer;
  hash: Buffer;
}

interface Snapshot {
  position: LogPosition;
  documents: Iterable<{ in: string; docs: Buffer[] }>;
  /** Lets the moment go; nothing is read after it. */
  end(): void;
}

/** What a store does with its log while it writes. */
export interface CommitRecorder {
  /** Called inside the transaction of a commit, after its writes. */
  record(writes: Buffer): void;
}

const HASH_BYTES = 32;
const PREFIX_BYTES = 8 + HASH_BYTES;
const HEAD = Buffer.from('shipping');
const BYTES = { encoding: 'binary', keyEncoding: 'binary' } as const;
/** A copy that lacks more is made anew. */
const LOG_BYTES = 128 * 1024 * 1024;
const PIECE_BYTES = 1024 * 1024;

/**
 * Opens the log of a store or begins one.
 *
 * @param batch tells the last durable batch of the journal
 */
export function openCommitLog(folder: OpenFolder, batch: () => number): CommitLog & CommitRecorder {
  const { root, meta } = folder;
  const entries = openEntries(root);
  let shippedUpTo = 0;
  root.transactionSync(() => {
    if (readLogHead(meta)) return;
    entries.clearSync();
    writeLogHead(meta, { log: newId(), seq: 0, hash: Buffer.alloc(HASH_BYTES), oldest: 1, bytes: 0 });
  });

  const head = (): LogHead => {
    const found = readLogHead(meta);
    if (!found) throw new Error('the store has lost the log of its commits');
    return found;
  };

  /** Forgets what the copy has, and the oldest of a log that has grown too large. */
  function trim(now: LogHead): void {
    while (now.oldest <= now.seq && (now.oldest <= shippedUpTo || now.bytes > LOG_BYTES)) {
      const key = keyOf(now.oldest);
      now.bytes -= entries.getBinary(key)?.length ?? 0;
      entries.removeSync(key);
      now.oldest++;
    }
  }

  return {
    head() {
      root.resetReadTxn();
      return head();
    },
    record(writes) {
      const now = head();
      const value = Buffer.alloc(PREFIX_BYTES + writes.length);
      value.writeBigUInt64BE(BigInt(batch()), 0);
      now.hash.copy(value, 8);
      writes.copy(value, PREFIX_BYTES);
      now.seq++;
      now.hash = hashEntry(now.hash, writes);
      now.bytes += value.length;
      entries.putSync(keyOf(now.seq), value);
      trim(now);
      writeLogHead(meta, now);
    },
    after({ log, seq, hash }, bytes) {
      root.resetReadTxn();
      const now = head();
      if (log !== now.log || seq + 1 < now.oldest) return 'gone';
      if (seq > now.seq) return 'contradicts';
      if (seq === now.seq) return hash.equals(now.hash) ? [] : 'contradicts';
      const found: LogEntry[] = [];
      let size = 0;
      let previous = hash;
      for (const { key, value } of entries.getRange({ start: keyOf(seq + 1) })) {
        const entrySeq = Number(key.readBigUInt64BE(0));
        if (found.length === 0 && !value.subarray(8, PREFIX_BYTES).equals(hash)) return 'contradicts';
        size += value.length;
        if (found.length > 0 && size > bytes) break;
        const writes = Buffer.from(value.subarray(PREFIX_BYTES));
        previous = hashEntry(previous, writes);
        found.push({ seq: entrySeq, batch: Number(value.readBigUInt64BE(0)), writes, hash: previous });
      }
      return found;
    },
    shipped(seq) {
      shippedUpTo = Math.max(shippedUpTo, seq);
    },
    snapshot: () => snapshot(folder),
  };
}

/** Ends the log of a store that goes on without it: whoever has a copy needs the whole store anew. */
export function endCommitLog({ root, meta }: OpenFolder): void {
  if (!readLogHead(meta)) return;
  const entries = openEntries(root);
  root.transactionSync(() => {
    entries.clearSync();
    meta.removeSync(HEAD);
  });
}

export function readLogHead(meta: Bytes): LogHead | null {
  const bytes = meta.getBinary(HEAD);
  return bytes ? (deserialize(bytes, { promoteBuffers: true }) as LogHead) : null;
}

/** Inside a transaction. */
export function writeLogHead(meta: Bytes, head: LogHead): void {
  meta.putSync(HEAD, Buffer.from(serialize(head)));
}

export function hashEntry(previous: Buffer, writes: Buffer): Buffer {
  return createHash('sha256').update(previous).update(writes).digest();
}

function snapshot({ root, meta, tables }: OpenFolder): Snapshot {
  root.resetReadTxn();
  const transaction = root.useReadTransaction();
  const head = readLogHead(meta);
  if (!head) throw new Error('the store has lost the log of its commits');
  function* documents() {
    for (const [name, table] of tables) {
      let docs: Buffer[] = [];
      let bytes = 0;
      for (const { value } of table.documents.getRange({ transaction })) {
        docs.push(Buffer.from(value));
        bytes += value.length;
        if (bytes < PIECE_BYTES) continue;
        yield { in: name, docs };
        docs = [];
        bytes = 0;
      }
      if (docs.length > 0) yield { in: name, docs };
    }
  }
  return { position: head, documents: documents(), end: () => transaction.done() };
}

function openEntries(root: RootDatabase): Bytes {
  return root.openDB<Buffer, Buffer>('shipping', BYTES);
}

function keyOf(seq: number): Buffer {
  const key = Buffer.alloc(8);
  key.writeBigUInt64BE(BigInt(seq));
  return key;
}
