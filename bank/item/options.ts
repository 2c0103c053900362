import { Type, type Static } from '@sinclair/typebox';
import { LIMITS, PartId, RichText } from '#bank/protocol';
import type { ItemProblem, ShuffledParts, ViewContext } from './kind.ts';
import {
  checkKnown,
  checkParts,
  checkStem,
  closed,
  toPartViews,
  toShuffledPartViews,
  type PartView,
} from './parts.ts';

/** An option; `fixed` keeps it at its place when the others are shuffled ("all of the above"). */
const Option = Type.Object({ id: PartId, text: RichText, fixed: Type.Optional(Type.Literal(true)) }, closed);
type Option = Static<typeof Option>;

/** Fields that `choice` and `multiple` share: a stem with options to pick from. */
export const optionFields = {
  stem: RichText,
  options: Type.Array(Option, { maxItems: LIMITS.optionsPerItem }),
  shuffle: Type.Boolean(),
};

interface OptionContent {
  stem: RichText;
  options: Option[];
  shuffle: boolean;
}

export function checkOptions(content: OptionContent, correct: readonly string[]): ItemProblem[] {
  const problems = [...checkStem(content.stem), ...checkParts(content.options, 'options')];
  const count = content.options.length;
  if (count < 2) problems.push({ code: 'item-options-too-few', where: 'options', values: { count } });
  if (correct.length === 0) problems.push({ code: 'item-key-missing', where: 'key' });
  return [...problems, ...checkKnown(correct, content.options, 'key.correct')];
}

export function optionIds(content: OptionContent): string[] {
  return content.options.map((option) => option.id);
}

export function shuffledOptions(content: OptionContent): ShuffledParts {
  if (!content.shuffle) return { parts: [], pinned: [] };
  const pinned = content.options.filter((option) => option.fixed).map((option) => option.id);
  return { parts: optionIds(content), pinned };
}

export function optionViews(content: OptionContent, context: ViewContext): PartView[] {
  return content.shuffle
    ? toShuffledPartViews(content.options, context)
    : toPartViews(content.options, context);
}
