import type { ItemContent, ItemKey } from '#bank/item';
import type { CanonicalResponse } from '#bank/item/scoring';
import { pointsOf, type Rules } from '../oracle/rules.ts';
import { ONE, ZERO, type Rational } from '../oracle/rational.ts';

/** A response to an item, and what it is worth by the oracle. */
export interface Case {
  content: ItemContent;
  key: ItemKey;
  response: CanonicalResponse;
  /** Exact hundredths of an item worth `max`. */
  expected(max: number, rules: Rules): Rational;
}

export const STEM: ItemContent['stem'] = [[{ t: 'text', v: '?' }]];

export function parts(ids: readonly string[]) {
  return ids.map((id) => ({ id, text: [[{ t: 'text' as const, v: id }]] }));
}

/** Worth a share of the points, whatever the policy. */
export function byShare(share: Rational): Case['expected'] {
  return (max, rules) => pointsOf(share, max, rules);
}

export function allIf(isRight: boolean): Case['expected'] {
  return byShare(isRight ? ONE : ZERO);
}
