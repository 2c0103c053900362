export { createEmbeddedStore } from './embedded/store.ts';
export { asUnavailable } from './mongo/connect.ts';
export { createMongoStore } from './mongo/store.ts';
export { askHello, readTopology, type Topology } from './mongo/topology.ts';
export { createMongoJournal } from './mongo-journal/index.ts';
export { Conflict, Duplicate, InvalidQuery, StandbyMissing, Unavailable } from './store.ts';
export type { CollectionName, Fresh, Page, RangeQuery, Store, Stored, Write } from './store.ts';
export { turn } from './turn.ts';
export { eachDocument, eachPage } from './walk.ts';
export type { Journal, JournalRecord, PositionedRecord, Position } from './journal.ts';
export { retiredOf, retireUpTo } from './retirement.ts';
export { DamagedJournal, segmentKeys, type SegmentKeys } from './batches/index.ts';
export { makeFolder, realDisk, syncFolder, withFile, writeAll, type Disk } from './disk.ts';
export { createSegmentJournal, type JournalDisk } from './segment-journal/index.ts';
export { schemas, model } from './models/index.ts';
export type { Documents, Sealed } from './models/index.ts';
export {
  claimPrimary,
  createStandby,
  dialPeer,
  MAJORITY,
  NO_SECOND_DISK,
  openReplicated,
  promote,
  supersededBy,
  writeSuccession,
  type Address,
  type PeerFiles,
  type ReplicatedStorage,
  type RunningStandby,
  type SecondDisk,
  type Standby,
} from './standby/index.ts';
