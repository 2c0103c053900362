import { DamagedJournal, type BatchEntry } from '../batches/index.ts';

/** One segment of the journal as it is held in memory. */
export interface Segment {
  path: string;
  key: Uint8Array;
  /** The key as it stands in the header. */
  wrappedKey: Buffer;
  /** Set before it is destroyed: who is reading it gets no more of it. */
  isRetired: boolean;
}

/** Where one batch lies in its file. */
export interface SegmentEntry extends BatchEntry {
  segment: Segment;
  offset: number;
  boxBytes: number;
}

/** How far the files are on disk: everything before this byte of this file, batch by batch up to this one. */
export interface SegmentPlace {
  /** Number of the last batch; 0 when there is none. */
  batch: number;
  /** Name of the newest file. */
  segment: string;
  offset: number;
}

/** Somebody who keeps a second copy of the files. */
export interface Follower {
  /** Told once, before the first append: how to learn at any time how far the files are. */
  follow(place: () => SegmentPlace): void;
  /** Called when there is something new on this disk. @throws Unavailable when nothing may be acknowledged any more */
  written(): void;
}

/** Damage at a byte of a segment file. */
export function damagedSegment(
  file: string,
  offset: number,
  around: { intactUpTo: number; readableFrom: number | null },
): DamagedJournal {
  return new DamagedJournal({
    place: `${file} at byte ${offset}`,
    ...around,
    remedy: 'Restore this file from a copy of the disk, then start again.',
  });
}
