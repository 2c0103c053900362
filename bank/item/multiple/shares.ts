import { addFractions, between0And1, fraction, parseFraction, type Fraction } from '#bank/marks';
import type { MultipleKey } from './schema.ts';

const NOTHING = fraction(0n);

/** What each chosen option brings or costs, in canonical order. */
export type Shares = ReadonlyMap<string, Fraction>;

/**
 * The share of the points that each chosen option brings:
 * `rightMinusWrong`: ±1/c, where c options are right. `weights`: the key's weights, or +1/c and −1/w, where w are
 * wrong. `surplus`: +1/c for a right one, −1/c for each choice beyond c (as Open University's `oumultiresponse`),
 * charged to the last wrong ones.
 */
export function sharesOf(key: MultipleKey, options: readonly string[], chosen: ReadonlySet<string>): Shares {
  const isRight = (id: string) => key.correct.includes(id);
  const picked = options.filter((id) => chosen.has(id));
  const right = BigInt(key.correct.length);
  const wrong = BigInt(options.length) - right;
  const surplus = Math.max(0, picked.length - key.correct.length);
  const charged = surplus === 0 ? [] : picked.filter((id) => !isRight(id)).slice(-surplus);
  const shareOf = (id: string): Fraction => {
    if (key.scheme === 'weights' && key.weights) return parseFraction(key.weights[id] ?? '0') ?? NOTHING;
    if (isRight(id)) return fraction(1n, right);
    if (key.scheme === 'weights') return fraction(-1n, wrong);
    return key.scheme === 'rightMinusWrong' || charged.includes(id) ? fraction(-1n, right) : NOTHING;
  };
  return new Map(picked.map((id) => [id, shareOf(id)]));
}

/** The share of the item's points that the chosen options come to, from 0 to 1; choosing nothing brings nothing. */
export function sumOfShares(key: MultipleKey, chosen: ReadonlySet<string>, shares: Shares): Fraction {
  if (key.scheme !== 'allOrNothing') return between0And1([...shares.values()].reduce(addFractions, NOTHING));
  const isExact = chosen.size === key.correct.length && key.correct.every((id) => chosen.has(id));
  return fraction(isExact && chosen.size > 0 ? 1n : 0n);
}
