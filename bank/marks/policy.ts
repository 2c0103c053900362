import type { Hundredths } from '#bank/protocol';
import type { ElectiveRule } from './electives.ts';
import type { Rounding } from './rounding.ts';

/**
 * How an exam is marked: dated, versioned data that an exam names and every result repeats. A rule that changes
 * becomes a new policy under a new name; a published one is never edited.
 */
export interface MarkingPolicy {
  name: string;
  /** First day of validity, ISO 8601. */
  validFrom: string;
  /** Where the rules come from. */
  source: string;
  /** Percent of a true/false cluster's points by the number of statements judged right, 0 to 4. */
  clusterLadder: readonly [number, number, number, number, number];
  /**
   * `item` null: every item's points stay an exact fraction, the sum is exact, and `total` makes it the mark: one
   * rounding, at the end. Where there is an item stage, an item's exact fraction becomes multiples of its step
   * first, so that the points shown per question always add up to the total.
   */
  rounding: { item: Rounding | null; total: Rounding };
  /** The mark is the share of the paper's points on this scale (10.00, or 100 percent); null: the points themselves. */
  scale: Hundredths | null;
  /** What a candidate without an answer sheet gets: no result at all, or a result of 0. */
  absent: 'noResult' | 'zero';
  /** Which answers count where a candidate answers more questions than are asked for: four of six. */
  electives: ElectiveRule;
  /**
   * Minutes after the close for which grading waits for decisions on late answers; what nobody has decided on by then
   * is left out.
   */
  lateWaitMinutes: number;
}

/** Until when grading waits for decisions on late answers, after a close at that moment; milliseconds since 1970, UTC. */
export function lateWaitEnds({ lateWaitMinutes }: MarkingPolicy, closedAt: number): number {
  return closedAt + lateWaitMinutes * 60_000;
}
