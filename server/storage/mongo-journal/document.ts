import { createHash } from 'node:crypto';
import { DamagedJournal, type BatchEntry, type BatchPlace } from '../batches/index.ts';
import type { JournalDocuments } from '../models/journal.ts';
import type { Fresh, Store } from '../store.ts';

export type JournalStore = Store<JournalDocuments>;
export type BatchDocument = Fresh<'journalBatches', JournalDocuments>;

/** Batches under one key, from the document that holds it. */
export interface Segment {
  key: Uint8Array;
  /** The key as it stands in that document. */
  wrappedKey: Buffer;
  /** Place of the document that holds the key. */
  start: Chain;
  /** Bytes of its boxes so far. */
  bytes: number;
  /** Set before it is destroyed: who is reading it gets no more of it. */
  isRetired: boolean;
}

export interface StreamEntry extends BatchEntry {
  segment: Segment;
  batch: number;
}

/** Where the next document belongs: its number, its first position, and the hash it must name as its predecessor. */
export interface Chain {
  batch: number;
  position: number;
  hash: Buffer;
}

const DIGITS = 12;
const HASH_BYTES = 32;
export const FIRST: Chain = { batch: 1, position: 1, hash: Buffer.alloc(HASH_BYTES) };

/** Ids of a stream sort as their numbers do. */
export function batchId(stream: string, batch: number): string {
  return `${stream}/${String(batch).padStart(DIGITS, '0')}`;
}

/** Greater than every id of the stream: `0` comes right after `/`. */
export function idsEnd(stream: string): string {
  return `${stream}0`;
}

/** SHA-256 over the whole document, which the next one names as its predecessor. */
export function hashDocument({ _id, kind, firstPosition, count, previousHash, box }: BatchDocument): Buffer {
  const hash = createHash('sha256').update(`${_id} ${kind} ${firstPosition}+${count}\n`).update(previousHash);
  return hash.update(box ?? '').digest();
}

/** What the box of a batch is bound to. */
export function placeOf(batch: number, { firstPosition, count, previousHash }: BatchDocument): BatchPlace {
  return { batch, firstPosition, count, previousHash };
}

/** The place after this document. */
export function chainAfter(chain: Chain, document: BatchDocument): Chain {
  return {
    batch: chain.batch + 1,
    position: chain.position + document.count,
    hash: hashDocument(document),
  };
}

export function damagedStream(id: string, intactUpTo: number, readableFrom: number | null): DamagedJournal {
  return new DamagedJournal({
    place: `the database, at ${id} of journalBatches`,
    intactUpTo,
    readableFrom,
    remedy: 'Restore this collection from a backup, then start again.',
  });
}
