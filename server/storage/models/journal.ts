import { model, type DocumentsOf } from './model.ts';

/**
 * Who writes to a stream of the journal, and where what is not yet retired begins. Every change raises `v`, which is
 * how others see that the writer lives. `writer` is empty when nobody has the stream.
 */
const journalStreams = model({
  writer: { type: String, required: true },
  /** Computer and process of the writer, for people. */
  holder: { type: String, required: true, maxlength: 300 },
  firstBatch: { type: Number, required: true, min: 1 },
  firstPosition: { type: Number, required: true, min: 1 },
  /** Hash of the document before the first batch. */
  previousHash: { type: Buffer, required: true },
});

/**
 * Batches of a stream; `_id` is the stream and the dense number of the batch. A `fence` is the first document of a
 * writer and a `segment` a later one: both hold the wrapped key under which the batches after them are sealed.
 */
const journalBatches = model({
  kind: { type: String, required: true, enum: ['fence', 'segment', 'batch'] },
  writer: { type: String, required: true },
  firstPosition: { type: Number, required: true, min: 1 },
  count: { type: Number, required: true, min: 0 },
  previousHash: { type: Buffer, required: true },
  /** Sealed records, or the wrapped key; absent in a fence whose key is destroyed. */
  box: { type: Buffer },
});

/** The journal's collections: they stand beside those of the Store and are none of them. */
export const journalSchemas = { journalStreams, journalBatches } as const;
export type JournalDocuments = DocumentsOf<typeof journalSchemas>;
