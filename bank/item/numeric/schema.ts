import { Type, type Static } from '@sinclair/typebox';
import { RichText } from '#bank/protocol';
import { closed } from '../parts.ts';

/**
 * A number typed by the candidate. `unit` is shown behind the field and never typed. `entry` says how it must be
 * typed: with a comma, with a point, or so that it fits the four columns of the answer sheet.
 */
export const NumericContent = Type.Object(
  {
    kind: Type.Literal('numeric'),
    stem: RichText,
    unit: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
    entry: Type.Optional(Type.Union([Type.Literal('comma'), Type.Literal('point'), Type.Literal('sheet')])),
  },
  closed,
);
export type NumericContent = Static<typeof NumericContent>;

const Decimal = Type.String({ minLength: 1, maxLength: 40 });

const Places = Type.Integer({ minimum: 0, maximum: 20 });

/**
 * Decimal strings as `parseDecimal` reads them. A response is right when it lies within `tolerance` of `value` or of
 * one of the `alternatives`, both ends included: `0,05` is absolute, `2%` relative to the value, absent 0. With
 * `upTo` everything from `value` up to it is right too. With `round` a response is right when it equals `value` or
 * an alternative after both are rounded to so many decimals or significant digits.
 */
export const NumericKey = Type.Object(
  {
    value: Decimal,
    upTo: Type.Optional(Decimal),
    tolerance: Type.Optional(Decimal),
    alternatives: Type.Optional(Type.Array(Decimal, { maxItems: 20 })),
    round: Type.Optional(
      Type.Union([
        Type.Object({ decimals: Places }, closed),
        Type.Object({ digits: Type.Integer({ minimum: 1, maximum: 20 }) }, closed),
      ]),
    ),
  },
  closed,
);
export type NumericKey = Static<typeof NumericKey>;
