export { createSegmentJournal, type JournalDisk } from './segment-journal.ts';
export type { Follower, SegmentPlace } from './segment.ts';
