import type { MarkingPolicy } from '../policy.ts';

/** The share of the points in percent. */
export const genericPercent: MarkingPolicy = {
  name: 'generic-percent',
  validFrom: '2025-01-01',
  source:
    'Each statement of a cluster counts the same; the mark is the percentage of the points, to two decimals',
  clusterLadder: [0, 25, 50, 75, 100],
  rounding: { item: null, total: { step: 1, mode: 'halfUp' } },
  scale: 100_00,
  absent: 'noResult',
  electives: 'first-answered',
  lateWaitMinutes: 30,
};
