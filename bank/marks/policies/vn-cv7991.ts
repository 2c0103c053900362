import type { MarkingPolicy } from '../policy.ts';

/** Periodic tests of schools: the ladder of the graduation exam, a mark with one decimal. */
export const vnCv7991: MarkingPolicy = {
  name: 'vn-cv7991',
  validFrom: '2024-12-17',
  source:
    'Official letter 7991/BGDĐT-GDTrH of 17 December 2024 (matrix of periodic tests) with the ladder of Decision 764/QĐ-BGDĐT; Circular 22/2021/TT-BGDĐT: 10 points, one decimal',
  clusterLadder: [0, 10, 25, 50, 100],
  rounding: { item: null, total: { step: 10, mode: 'halfUp' } },
  scale: null,
  absent: 'noResult',
  electives: 'first-answered',
  lateWaitMinutes: 30,
};
