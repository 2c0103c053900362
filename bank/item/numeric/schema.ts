import { Type, type Static } from '@sinclair/typebox';
import { RichText } from '#bank/protocol';
import { closed } from '../parts.ts';

/** A number typed by the candidate. `unit` is shown behind the field and never typed. */
export const NumericContent = Type.Object(
  {
    kind: Type.Literal('numeric'),
    stem: RichText,
    unit: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  },
  closed,
);
export type NumericContent = Static<typeof NumericContent>;

const Decimal = Type.String({ minLength: 1, maxLength: 40 });

/**
 * Decimal strings as `parseDecimal` reads them. A response is right when it lies within `tolerance` (absolute,
 * both ends included, 0 when absent) of `value` or of one of the `alternatives`.
 */
export const NumericKey = Type.Object(
  {
    value: Decimal,
    tolerance: Type.Optional(Decimal),
    alternatives: Type.Optional(Type.Array(Decimal, { maxItems: 20 })),
  },
  closed,
);
export type NumericKey = Static<typeof NumericKey>;
