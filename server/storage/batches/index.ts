/** What every journal shares, wherever its batches lie: sealing, collecting, finding them again, their keys. */
export { openBatch, sealBatch, type BatchPlace } from './batch-box.ts';
export { createBatchIndex, type BatchEntry, type BatchIndex } from './batch-index.ts';
export { DamagedJournal } from './damaged-journal.ts';
export { createGroupCommit, type Flush, type GroupCommitOptions } from './group-commit.ts';
export {
  attemptsIn,
  encodeRecord,
  plaintextBytes,
  readPlaintext,
  writePlaintext,
  type EncodedRecord,
} from './record-codec.ts';
export { all, from } from './reading.ts';
export { segmentKeys, type SegmentKeys } from './segment-keys.ts';
