import type { PoolItem } from '#bank/protocol';

/**
 * How many of these items can stand on one paper at most, each set of enemies giving one. An upper bound: items may be
 * in several sets.
 */
export function usableTogether(items: readonly PoolItem[]): number {
  const sets = new Set<string>();
  let free = 0;
  let bound = 0;
  for (const { enemies } of items) {
    if (!enemies || enemies.length === 0) free++;
    else {
      bound++;
      for (const set of enemies) sets.add(set);
    }
  }
  return free + Math.min(bound, sets.size);
}
