import {
  addFractions,
  between0And1,
  fraction,
  fractionText,
  parseFraction,
  type Fraction,
  type Hundredths,
  type MarkingPolicy,
} from '#bank/marks';
import { pointsOfShare, type Score, type ScoredPart } from './scorer.ts';

const NOTHING = fraction(0n);

/** Shares of the parts, and what a wrong one costs; absent: even shares, and nothing. */
interface Worth {
  weights?: Readonly<Record<string, string>>;
  wrong?: string;
}

/**
 * The points of each part: max / parts in whole hundredths, and one more for each of the first parts in canonical
 * order until the remainder is used up, so that all parts together are worth exactly `max`.
 */
export function splitPoints(max: Hundredths, parts: number): Hundredths[] {
  const remainder = max % parts;
  const share = (max - remainder) / parts;
  return Array.from({ length: parts }, (_, i) => (i < remainder ? share + 1 : share));
}

/**
 * Each part counts for itself. With even shares: whole hundredths where the policy has an item stage, otherwise the
 * exact share of one part. With a worth of their own the shares are added up, not below 0 and not above all; a part
 * left blank brings and costs nothing.
 */
export function scoreEach(
  outcomes: readonly ScoredPart[],
  max: Hundredths,
  policy: MarkingPolicy,
  { weights, wrong }: Worth = {},
): Score {
  const { length } = outcomes;
  if (policy.rounding.item && !weights && wrong === undefined) {
    const worth = splitPoints(max, length);
    const parts = outcomes.map((one, i) => ({
      ...one,
      points: one.outcome === 'right' ? (worth[i] ?? 0) : 0,
    }));
    return { points: parts.reduce((sum, { points }) => sum + points, 0), parts };
  }
  const shareOf = ({ part, outcome }: ScoredPart): Fraction => {
    if (outcome === 'wrong') return parseFraction(wrong ?? '0') ?? NOTHING;
    if (outcome !== 'right') return NOTHING;
    return weights ? (parseFraction(weights[part] ?? '0') ?? NOTHING) : fraction(1n, BigInt(length));
  };
  const shares = outcomes.map(shareOf);
  const parts = outcomes.map((one, i) => ({ ...one, share: fractionText(shares[i] ?? NOTHING) }));
  return { ...pointsOfShare(max, between0And1(shares.reduce(addFractions, NOTHING)), policy), parts };
}
