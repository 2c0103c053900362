import type { MarkingPolicy } from '../policy.ts';

/** Regular marks of schools: any paper, as a mark on the scale of 10 with one decimal. */
export const vnTt22: MarkingPolicy = {
  name: 'vn-tt22',
  validFrom: '2021-09-05',
  source:
    'Circular 22/2021/TT-BGDĐT: scale of 10 points, one decimal after rounding; each statement of a cluster counts the same',
  clusterLadder: [0, 25, 50, 75, 100],
  rounding: { item: null, total: { step: 10, mode: 'halfUp' } },
  scale: 10_00,
  absent: 'noResult',
  electives: 'first-answered',
  lateWaitMinutes: 30,
};
