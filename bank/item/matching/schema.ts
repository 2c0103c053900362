import { Type, type Static } from '@sinclair/typebox';
import { LIMITS, PartId, RichText } from '#bank/protocol';
import { closed, Parts } from '../parts.ts';

/** Each prompt is matched with one choice; choices without a prompt are distractors. Ids are unique over both. */
export const MatchingContent = Type.Object(
  { kind: Type.Literal('matching'), stem: RichText, prompts: Parts, choices: Parts },
  closed,
);
export type MatchingContent = Static<typeof MatchingContent>;

/** Prompt id → choice id, one to one. */
export const MatchingKey = Type.Object(
  { pairs: Type.Record(PartId, PartId, { ...closed, maxProperties: LIMITS.optionsPerItem }) },
  closed,
);
export type MatchingKey = Static<typeof MatchingKey>;
