import { Type, type Static } from '@sinclair/typebox';
import { PartId } from '#bank/protocol';
import { optionFields } from '../options.ts';
import { closed } from '../parts.ts';

/** Single choice: one option is right. */
export const ChoiceContent = Type.Object({ kind: Type.Literal('choice'), ...optionFields }, closed);
export type ChoiceContent = Static<typeof ChoiceContent>;

/** `correct` names exactly one option; `check` refuses none and several with a sentence of their own. */
export const ChoiceKey = Type.Object({ correct: Type.Array(PartId, { maxItems: 12 }) }, closed);
export type ChoiceKey = Static<typeof ChoiceKey>;
