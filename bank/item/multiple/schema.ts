import { Type, type Static } from '@sinclair/typebox';
import { PartId } from '#bank/protocol';
import { optionFields } from '../options.ts';
import { closed } from '../parts.ts';

/** Multiple response: any number of options is right. */
export const MultipleContent = Type.Object({ kind: Type.Literal('multiple'), ...optionFields }, closed);
export type MultipleContent = Static<typeof MultipleContent>;

/** How a partly right response counts; see score.ts. */
const MultipleScheme = Type.Union([Type.Literal('allOrNothing'), Type.Literal('rightMinusWrong')]);
type MultipleScheme = Static<typeof MultipleScheme>;

export const MultipleKey = Type.Object(
  { correct: Type.Array(PartId, { maxItems: 12, uniqueItems: true }), scheme: MultipleScheme },
  closed,
);
export type MultipleKey = Static<typeof MultipleKey>;
