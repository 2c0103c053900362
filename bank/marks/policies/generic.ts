import type { MarkingPolicy } from '../policy.ts';

export const generic: MarkingPolicy = {
  name: 'generic',
  validFrom: '2025-01-01',
  source: 'Each statement of a cluster counts the same; marks to two decimals',
  clusterLadder: [0, 25, 50, 75, 100],
  rounding: { item: { step: 1, mode: 'halfUp' }, total: { step: 1, mode: 'halfUp' } },
  scale: null,
  absent: 'noResult',
  electives: 'first-answered',
  lateWaitMinutes: 30,
};
