import { equal, nearest, plus, ratio, times, ZERO, type Rational } from './rational.ts';

/** The marking policies once more, from their sources. */
export interface Rules {
  ladder: readonly number[];
  /** Items become whole hundredths before they are added up. */
  isByItem: boolean;
  step: bigint;
  /** Of the mark, in hundredths; null for the points themselves. */
  scale: number | null;
}

const VN = [0, 10, 25, 50, 100];
const EVEN = [0, 25, 50, 75, 100];

export const RULES: Readonly<Record<string, Rules>> = {
  'vn-thpt-2025': { ladder: VN, isByItem: true, step: 1n, scale: null },
  'vn-cv7991': { ladder: VN, isByItem: false, step: 10n, scale: null },
  'vn-tt22': { ladder: EVEN, isByItem: false, step: 10n, scale: 1_000 },
  generic: { ladder: EVEN, isByItem: true, step: 1n, scale: null },
  'generic-percent': { ladder: EVEN, isByItem: false, step: 1n, scale: 10_000 },
};

/** An item's points in hundredths, from its share. */
export function pointsOf(share: Rational, max: number, { isByItem }: Rules): Rational {
  const exact = times(share, ratio(max));
  return isByItem ? ratio(nearest(exact, 1n, 'halfUp')) : exact;
}

/** Whether the engine's points are these: `exact` where they are not whole. */
export function isPoints(given: { points: number; exact?: string }, expected: Rational): boolean {
  const shown = BigInt(given.points) === nearest(expected, 1n, 'halfUp');
  const [numerator = '', denominator = '1'] = (given.exact ?? String(given.points)).split('/');
  return shown && equal([BigInt(numerator), BigInt(denominator)], expected);
}

/** The mark of a paper. */
export function markFor(points: readonly Rational[], max: number, { scale, step }: Rules): bigint {
  const sum = points.reduce(plus, ZERO);
  const mark = scale === null ? sum : times(sum, ratio(scale, max));
  return nearest(mark, step, 'halfUp');
}
