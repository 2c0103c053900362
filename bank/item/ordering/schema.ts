import { Type, type Static } from '@sinclair/typebox';
import { LIMITS, PartId, RichText } from '#bank/protocol';
import { closed, Parts } from '../parts.ts';

/** Parts to be put in order. How they stand here tells nothing of the right order: see `toOrdering`. */
export const OrderingContent = Type.Object(
  { kind: Type.Literal('ordering'), stem: RichText, parts: Parts },
  closed,
);
export type OrderingContent = Static<typeof OrderingContent>;

/** How an order that is partly right counts; see score.ts. */
export const ORDERING_SCHEMES = ['exact', 'adjacent', 'kendall'] as const;
export type OrderingScheme = (typeof ORDERING_SCHEMES)[number];

/** All part ids, first one first. */
export const OrderingKey = Type.Object(
  {
    order: Type.Array(PartId, { maxItems: LIMITS.optionsPerItem, uniqueItems: true }),
    orderScheme: Type.Union(ORDERING_SCHEMES.map((scheme) => Type.Literal(scheme))),
  },
  closed,
);
export type OrderingKey = Static<typeof OrderingKey>;
