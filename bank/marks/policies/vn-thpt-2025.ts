import type { MarkingPolicy } from '../policy.ts';

export const vnThpt2025: MarkingPolicy = {
  name: 'vn-thpt-2025',
  validFrom: '2025-01-01',
  source: 'Decision 764/QĐ-BGDĐT of 8 March 2024: graduation exam format from 2025',
  clusterLadder: [0, 10, 25, 50, 100],
  rounding: { item: { step: 1, mode: 'halfUp' }, total: { step: 1, mode: 'halfUp' } },
  scale: null,
  absent: 'noResult',
  electives: 'first-answered',
  lateWaitMinutes: 30,
};
