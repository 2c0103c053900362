import { Type, type Static } from '@sinclair/typebox';
import { PartToken } from './ids.ts';
import { LIMITS } from './limits.ts';

const closed = { additionalProperties: false };

/**
 * A candidate's answer to one slot, as it crosses the wire. Parts are named by the tokens of this sitting.
 * `null` clears the answer. The member used depends on the kind:
 * `choice` {c}, `multiple` {m}, `tfCluster` {t: token → true/false}, `numeric` and `shortText` {x},
 * `matching` {p: prompt token → choice token}. A `description` takes no answer.
 */
export const Response = Type.Union([
  Type.Null(),
  Type.Object({ c: PartToken }, closed),
  Type.Object({ m: Type.Array(PartToken, { maxItems: LIMITS.optionsPerItem, uniqueItems: true }) }, closed),
  Type.Object(
    { t: Type.Record(PartToken, Type.Boolean(), { ...closed, maxProperties: LIMITS.optionsPerItem }) },
    closed,
  ),
  Type.Object({ x: Type.String({ maxLength: LIMITS.shortAnswer }) }, closed),
  Type.Object(
    { p: Type.Record(PartToken, PartToken, { ...closed, maxProperties: LIMITS.optionsPerItem }) },
    closed,
  ),
]);
export type Response = Static<typeof Response>;
