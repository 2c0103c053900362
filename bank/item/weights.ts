import { Type } from '@sinclair/typebox';
import { LIMITS, PartId } from '#bank/protocol';
import type { ItemProblem } from './kind.ts';
import { closed } from './parts.ts';

/** A share of the points: `1/3`, `-1/6`, `50%`, `0,25`. */
export const Weight = Type.String({ minLength: 1, maxLength: 30 });

/** Part id → share of the points, 0 where none stands. */
export const Weights = Type.Record(PartId, Weight, { ...closed, maxProperties: LIMITS.optionsPerItem });

/** What `parseFraction` of bank/marks reads, which candidates' pages do without. */
const WEIGHT = /^[+-]?[0-9]{1,12}([.,][0-9]{1,12})?(%|\/[1-9][0-9]{0,11})?$/;

/** Weights that cannot be read. */
export function checkWeights(weights: Readonly<Record<string, string>> = {}): ItemProblem[] {
  return Object.entries(weights)
    .filter(([, weight]) => !WEIGHT.test(weight))
    .map(([part, value]) => ({ code: 'item-weight', where: `key.weights.${part}`, values: { part, value } }));
}
