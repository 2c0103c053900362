import { addFractions, between0And1, fraction, fractionText, type Fraction } from '#bank/marks';
import { pointsOfShare, type ScoredPart, type Scorer } from '../scoring/scorer.ts';
import type { OrderingContent, OrderingKey } from './schema.ts';

const NOTHING = fraction(0n);

/** What a part brings or costs: itself, all parts in the right order, and the place of each in the response. */
type ShareOf = (id: string, order: readonly string[], placeOf: ReadonlyMap<string, number>) => Fraction;

/** One of the n − 1 neighbourhoods, for the part behind: its forerunner stands right in front of it. */
const adjacentShare: ShareOf = (id, order, placeOf) => {
  const before = placeOf.get(order[order.indexOf(id) - 1] ?? '');
  const place = placeOf.get(id);
  const isNext = before !== undefined && place === before + 1;
  return fraction(isNext ? 1n : 0n, BigInt(Math.max(1, order.length - 1)));
};

/** Of all pairs those of the part with its forerunners: one more for each in the right order, one less for each other. */
const kendallShare: ShareOf = (id, order, placeOf) => {
  const place = placeOf.get(id);
  const pairs = (order.length * (order.length - 1)) / 2;
  let sum = 0;
  for (const other of order.slice(0, order.indexOf(id))) {
    const before = placeOf.get(other);
    if (place !== undefined && before !== undefined) sum += before < place ? 1 : -1;
  }
  return fraction(BigInt(sum), BigInt(Math.max(1, pairs)));
};

/**
 * `exact`: all points for the right order and no other. `adjacent`: one part for each of the n − 1 neighbours that stand
 * together as they should. `kendall`: the correlation of ranks (Kendall 1938), pairs in the right order less the
 * others, over all pairs, and not below 0: an order by chance brings nothing on the average before that floor.
 * A part is right at its own place.
 */
export const scoreOrdering: Scorer<OrderingContent, OrderingKey> = (content, key, response, max, policy) => {
  const ids = content.parts.map(({ id }) => id);
  const given = response && 'o' in response ? response.o.filter((id) => ids.includes(id)) : [];
  if (given.length === 0) return { points: 0, parts: ids.map((part) => ({ part, outcome: 'blank' })) };
  const placeOf = new Map(given.map((id, place) => [id, place]));
  const isAtPlace = (id: string) => placeOf.get(id) === key.order.indexOf(id);
  const outcomes = ids.map((part): ScoredPart => {
    const outcome = isAtPlace(part) ? 'right' : placeOf.has(part) ? 'wrong' : 'blank';
    return { part, outcome };
  });
  if (key.orderScheme === 'exact') {
    const isExact = given.length === ids.length && ids.every(isAtPlace);
    return { ...pointsOfShare(max, fraction(isExact ? 1n : 0n), policy), parts: outcomes };
  }
  const shareOf = key.orderScheme === 'adjacent' ? adjacentShare : kendallShare;
  const shares = ids.map((id) => shareOf(id, key.order, placeOf));
  const parts = outcomes.map((one, i) => ({ ...one, share: fractionText(shares[i] ?? NOTHING) }));
  return { ...pointsOfShare(max, between0And1(shares.reduce(addFractions, NOTHING)), policy), parts };
};
