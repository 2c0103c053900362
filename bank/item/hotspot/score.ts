import {
  addFractions,
  between0And1,
  fraction,
  fractionText,
  parseFraction,
  type Fraction,
} from '#bank/marks';
import { pointsOfShare, type ScoredPart, type Scorer } from '../scoring/scorer.ts';
import { isHit } from './geometry.ts';
import type { Area, HotspotContent, HotspotKey } from './schema.ts';

const NOTHING = fraction(0n);

/**
 * The shares of the areas that the points hit are added up, not below 0 and not above all (`map_response_point` of QTI):
 * a point counts for the first area that it lies in, an area for the first point. Points beyond those that the
 * question allows do not count.
 */
export const scoreHotspot: Scorer<HotspotContent, HotspotKey> = (
  { points: most },
  { areas },
  response,
  max,
  policy,
) => {
  const points = (response && 'h' in response ? response.h : []).slice(0, most);
  if (points.length === 0)
    return { points: 0, parts: areas.map(({ id }) => ({ part: id, outcome: 'blank' })) };
  const hit = new Set(points.map((point) => areas.find((area) => isHit(area, point))));
  const shareOf = (area: Area): Fraction => {
    if (!hit.has(area)) return NOTHING;
    if (area.share === undefined) return fraction(1n, BigInt(areas.length));
    return parseFraction(area.share) ?? NOTHING;
  };
  const shares = areas.map(shareOf);
  const parts = areas.map((area, i): ScoredPart => {
    const share = shares[i] ?? NOTHING;
    return { part: area.id, outcome: share.numerator > 0n ? 'right' : 'wrong', share: fractionText(share) };
  });
  return { ...pointsOfShare(max, between0And1(shares.reduce(addFractions, NOTHING)), policy), parts };
};
