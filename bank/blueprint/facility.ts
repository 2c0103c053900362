import type { Level, PoolItem } from '#bank/protocol';

/**
 * What an item of no known facility is taken for, in thousandths of its points: provisional, until it was used.
 */
const FACILITY_OF_LEVEL: Readonly<Record<Level, number>> = {
  KNOW: 800,
  UNDERSTAND: 650,
  APPLY: 450,
  APPLY_HIGH: 300,
};

/** Thousandths of its points that an item is expected to bring. */
export function facilityOf({ facility, level }: Pick<PoolItem, 'facility' | 'level'>): number {
  return facility ?? FACILITY_OF_LEVEL[level];
}
