import { Type, type Static } from '@sinclair/typebox';
import { LIMITS, PartId, RichText } from '#bank/protocol';
import type { ItemProblem, ShuffledParts, ViewContext } from './kind.ts';
import { difference } from './numeric/compare.ts';
import { parseDecimal, type Decimal } from './numeric/decimal.ts';
import {
  checkKnown,
  checkParts,
  checkStem,
  closed,
  toPartViews,
  toShuffledPartViews,
  type PartView,
} from './parts.ts';
import { plainText } from './rich-text.ts';
import { pinnedOptions } from './summing-up.ts';

/** An option; `fixed` keeps it at its place when the others are shuffled ("all of the above"). */
const Option = Type.Object({ id: PartId, text: RichText, fixed: Type.Optional(Type.Literal(true)) }, closed);
type Option = Static<typeof Option>;

/** Fields that `choice` and `multiple` share: a stem with options to pick from. */
export const optionFields = {
  stem: RichText,
  options: Type.Array(Option, { maxItems: LIMITS.optionsPerItem }),
  shuffle: Type.Boolean(),
  /** Numbers stand in rising order on every paper, whatever `shuffle` says; pinned options come last. */
  sorted: Type.Optional(Type.Literal(true)),
};

interface OptionContent {
  stem: RichText;
  options: Option[];
  shuffle: boolean;
  sorted?: true;
}

export function checkOptions(content: OptionContent, correct: readonly string[]): ItemProblem[] {
  const problems = [...checkStem(content.stem), ...checkParts(content.options, 'options')];
  const count = content.options.length;
  if (count < 2) problems.push({ code: 'item-options-too-few', where: 'options', values: { count } });
  if (correct.length === 0) problems.push({ code: 'item-key-missing', where: 'key' });
  return [...problems, ...checkNumbers(content), ...checkKnown(correct, content.options, 'key.correct')];
}

/** The number that an option begins with: `2,5 m/s`, `$-3$`. */
function numberOf({ text }: Option): Decimal | null {
  const plain = plainText(text).replaceAll('{,}', ',');
  return parseDecimal(/^\s*[-\u2212\u2013+]?\s*\d+(?:[.,]\d+)?/.exec(plain)?.[0] ?? '');
}

function checkNumbers({ options, sorted }: OptionContent): ItemProblem[] {
  if (!sorted) return [];
  const pinned = pinnedOptions(options);
  return options
    .filter((option) => !pinned.includes(option.id) && !numberOf(option))
    .map(({ id }) => ({ code: 'item-option-no-number', where: `options.${id}`, values: { part: id } }));
}

/** Numbers in rising order, then those that are pinned. */
function sortedOptions(options: readonly Option[]): Option[] {
  const pinned = pinnedOptions(options);
  const numbers = options
    .filter(({ id }) => !pinned.includes(id))
    .map((option) => ({ option, number: numberOf(option) ?? { units: 0n, scale: 0 } }))
    .sort((a, b) => {
      const distance = difference(a.number, b.number);
      return distance < 0n ? -1 : distance > 0n ? 1 : 0;
    });
  return [...numbers.map(({ option }) => option), ...options.filter(({ id }) => pinned.includes(id))];
}

export function optionIds(content: OptionContent): string[] {
  return content.options.map((option) => option.id);
}

export function shuffledOptions(content: OptionContent): ShuffledParts {
  if (!content.shuffle || content.sorted) return { parts: [], pinned: [] };
  return { parts: optionIds(content), pinned: pinnedOptions(content.options) };
}

export function optionViews(content: OptionContent, context: ViewContext): PartView[] {
  if (content.sorted) return toPartViews(sortedOptions(content.options), context);
  return content.shuffle
    ? toShuffledPartViews(content.options, context)
    : toPartViews(content.options, context);
}
