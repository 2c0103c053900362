import { Type, type Static } from '@sinclair/typebox';
import { PartId } from '#bank/protocol';
import { optionFields } from '../options.ts';
import { closed } from '../parts.ts';
import { Weights } from '../weights.ts';

/** Multiple response: any number of options is right. */
export const MultipleContent = Type.Object({ kind: Type.Literal('multiple'), ...optionFields }, closed);
export type MultipleContent = Static<typeof MultipleContent>;

/** How a partly right response counts; see score.ts. */
export const MULTIPLE_SCHEMES = ['allOrNothing', 'rightMinusWrong', 'weights', 'surplus'] as const;
export type MultipleScheme = (typeof MULTIPLE_SCHEMES)[number];

export const MultipleKey = Type.Object(
  {
    correct: Type.Array(PartId, { maxItems: 12, uniqueItems: true }),
    scheme: Type.Union(MULTIPLE_SCHEMES.map((scheme) => Type.Literal(scheme))),
    /**
     * For scheme `weights`: option id → share of the points (`1/3`, `-1/6`, `50%`, `0,25`), 0 where none stands.
     * Absent: a right option brings one part of the number of right ones, a wrong one costs one part of the wrong.
     */
    weights: Type.Optional(Weights),
  },
  closed,
);
export type MultipleKey = Static<typeof MultipleKey>;
