import type { Position } from '../journal.ts';

/** Where one batch lies; an adapter adds what it needs to read it. */
export interface BatchEntry {
  /** The batches that are retired together, under one key. */
  segment: object;
  firstPosition: Position;
  count: number;
}

/** Finds batches by attempt and by position. Holds places only, no content. */
export interface BatchIndex<E extends BatchEntry> {
  add(entry: E, attempts: Iterable<string>): void;
  /** Batches with at least one record of the attempt, in order. */
  of(attempt: string): E[];
  /** Batches with records at or above the position, in order. */
  from(position: Position): E[];
  /** Position of the last record in the segment; null when it holds none. */
  lastPositionOf(segment: E['segment']): Position | null;
  forget(segment: E['segment']): void;
}

export function createBatchIndex<E extends BatchEntry>(): BatchIndex<E> {
  let entries: E[] = [];
  /** Attempt → places in `entries`, counted from the first batch ever seen. */
  const byAttempt = new Map<string, number[]>();
  let dropped = 0;

  return {
    add(entry, attempts) {
      const place = dropped + entries.length;
      entries.push(entry);
      for (const attempt of new Set(attempts)) {
        const places = byAttempt.get(attempt);
        if (places) places.push(place);
        else byAttempt.set(attempt, [place]);
      }
    },
    of: (attempt) => (byAttempt.get(attempt) ?? []).flatMap((place) => entries[place - dropped] ?? []),
    from(position) {
      let low = 0;
      let high = entries.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        const entry = entries[middle];
        if (entry && entry.firstPosition + entry.count > position) high = middle;
        else low = middle + 1;
      }
      return entries.slice(low);
    },
    lastPositionOf(segment) {
      const last = entries.findLast((entry) => entry.segment === segment);
      return last ? last.firstPosition + last.count - 1 : null;
    },
    forget(segment) {
      const kept = entries.filter((entry) => entry.segment !== segment);
      dropped += entries.length - kept.length;
      entries = kept;
      for (const [attempt, places] of byAttempt) {
        const live = places.filter((place) => place >= dropped);
        if (live.length > 0) byAttempt.set(attempt, live);
        else byAttempt.delete(attempt);
      }
    },
  };
}
