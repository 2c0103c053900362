import { addFractions, fraction, multiplyFractions, type Fraction } from '#bank/marks';
import type { Inline, RichText } from '#bank/protocol';
import type { ItemContent, ItemKey } from '../index.ts';
import { compare, evaluate, holds, ValueError, type Lookup } from './evaluate.ts';
import type { Comparison, Expression } from './expression.ts';
import { PLACEHOLDER, planOf, type Plan, type Written } from './plan.ts';
import { Refusal, type ParametricProblem } from './problem.ts';
import type { ParametricItem } from './template.ts';
import { signed, writeNumber, type WrittenNumber } from './write-number.ts';

/** Variants that are made of an item at most: each is looked at before approval. */
export const MAX_VARIANTS = 200;
/** Choices of parameters that are tried for them. */
const MAX_TRIED = 20_000;
/** Fewer variants than this are no reason to draw numbers. */
const MIN_VARIANTS = 2;
/** A distractor is plausible within this factor of the key, either way. */
const PLAUSIBLE_FACTOR = fraction(100n);
const LETTERS = 'abcdefgh';

/** One choice of numbers, as an ordinary item with a key of its own. */
export interface Variant {
  /** Parameter → its value, `3` or `1/2`. */
  values: Record<string, string>;
  content: ItemContent;
  key: ItemKey;
}

/**
 * The variants of a parametric item, always the same for the same item: spread over all choices of its parameters,
 * none asking the same as another. An item that is wrong for one admissible choice gets no variants at all, but the
 * problem, with that choice.
 *
 * Problems: `parametric-…` codes of `PARAMETRIC_ERRORS`.
 */
export function makeVariants(
  item: ParametricItem,
  most = MAX_VARIANTS,
): { variants: Variant[]; problem?: ParametricProblem } {
  try {
    return { variants: variantsOf(planOf(item), most) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { variants: [], problem: error.problem };
  }
}

function variantsOf(plan: Plan, most: number): Variant[] {
  const isNumeric = plan.item.kind === 'numeric';
  if (isNumeric !== (plan.distractors.length === 0))
    throw new Refusal(isNumeric ? 'parametric-distractors-needless' : 'parametric-distractors-missing');
  const found = new Map<string, Variant>();
  let tried = 0;
  for (const chosen of choices(plan)) {
    tried++;
    const scope = new Scope(plan, chosen);
    if (!plan.constraints.every((constraint) => scope.satisfies(constraint))) continue;
    const variant = variantOf(plan, scope);
    const asked = JSON.stringify(variant.content.stem);
    const first = found.get(asked);
    if (first && right(first) !== right(variant))
      throw new Refusal('parametric-key-unclear', { first: named(first), values: scope.named });
    if (!first) found.set(asked, variant);
    if (found.size === most) break;
  }
  if (found.size === 0) throw new Refusal('parametric-none', { tried });
  if (found.size < MIN_VARIANTS)
    throw new Refusal('parametric-too-few', { count: found.size, min: MIN_VARIANTS });
  return [...found.values()];
}

/** What is right in a variant, to be compared. */
function right({ content, key }: Variant): string {
  return JSON.stringify('options' in content ? content.options[0] : key);
}

/** A choice of parameters as a sentence names it: `a = 2, b = 1/2`. */
function named({ values }: Pick<Variant, 'values'>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ');
}

/**
 * Choices of parameters, `MAX_TRIED` at most. They are numbered like the digits of a number and visited in steps that
 * reach all of them, so that the first hundred already lie everywhere.
 */
function* choices({ parameters }: Plan): Generator<Map<string, Fraction>> {
  const total = parameters.reduce((product, { count }) => product * BigInt(count), 1n);
  const step = spreadingStep(total);
  for (let at = 0n; at < total && at < BigInt(MAX_TRIED); at++) {
    let number = (at * step) % total;
    yield new Map(
      parameters.map(({ name, from, step: by, count }) => {
        const index = number % BigInt(count);
        number /= BigInt(count);
        return [name, addFractions(from, multiplyFractions(by, fraction(index)))];
      }),
    );
  }
}

/** About the golden part of the total, and without a common divisor. */
function spreadingStep(total: bigint): bigint {
  let step = (total * 618_033_988n) / 1_000_000_000n + 1n;
  while (gcd(step, total) !== 1n) step++;
  return step;
}

function gcd(a: bigint, b: bigint): bigint {
  return b === 0n ? a : gcd(b, a % b);
}

/** The values of one choice of parameters; derived ones are worked out when they are asked for. */
class Scope {
  readonly chosen: ReadonlyMap<string, Fraction>;
  readonly #derived = new Map<string, Fraction>();
  readonly #plan: Plan;
  readonly #lookup: Lookup = (name) => this.#valueOf(name);

  constructor(plan: Plan, chosen: ReadonlyMap<string, Fraction>) {
    this.#plan = plan;
    this.chosen = chosen;
  }

  /** Parameter → its value as it is told. */
  get values(): Record<string, string> {
    return Object.fromEntries([...this.chosen].map(([name, value]) => [name, writeNumber(value).text]));
  }

  get named(): string {
    return named(this);
  }

  value(formula: Written): Fraction {
    return this.#guard(formula.text, () => evaluate(formula.meaning, this.#lookup));
  }

  satisfies({ text, meaning }: Written<Comparison>): boolean {
    return this.#guard(text, () => holds(meaning, this.#lookup));
  }

  #valueOf(name: string): Fraction {
    const known = this.chosen.get(name) ?? this.#derived.get(name);
    if (known) return known;
    const formula = this.#plan.derived.get(name) as Written<Expression>;
    const value = this.value(formula);
    this.#derived.set(name, value);
    return value;
  }

  #guard<T>(formula: string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      throw new Refusal(`parametric-${error.fault}`, { formula, values: this.named });
    }
  }
}

function variantOf(plan: Plan, scope: Scope): Variant {
  const { item, key } = plan;
  const stem = item.stem.map((paragraph) => paragraph.map((run) => filled(run, plan, scope)));
  const right = scope.value(key);
  const written = writeNumber(right, item.decimals);
  const made =
    item.kind === 'numeric' ? numericOf(plan, scope, stem, written) : choiceOf(plan, scope, stem, right);
  return { values: scope.values, ...made };
}

function filled(run: Inline, { item, placeholders }: Plan, scope: Scope): Inline {
  const fill = (text: string, form: 'text' | 'tex'): string =>
    text.replace(PLACEHOLDER, (whole, inner: string) => {
      const placeholder = placeholders.get(inner);
      if (!placeholder) return whole;
      const written = writeNumber(scope.value(placeholder.formula), item.decimals)[form];
      return placeholder.isSigned ? signed(written) : written;
    });
  if (run.t === 'text') return { ...run, v: fill(run.v, 'text') };
  return run.t === 'math' ? { ...run, tex: fill(run.tex, 'tex') } : run;
}

type Made = Pick<Variant, 'content' | 'key'>;

function numericOf({ item, key }: Plan, scope: Scope, stem: RichText, { decimal }: WrittenNumber): Made {
  if (decimal === null) throw new Refusal('parametric-endless', { formula: key.text, values: scope.named });
  const { unit, decimals } = item;
  return {
    content: { kind: 'numeric', stem, ...(unit !== undefined && { unit }) },
    key: { value: decimal, ...(decimals !== undefined && { round: { decimals } }) },
  };
}

/** The key is the first option and the options are shuffled for each candidate. */
function choiceOf({ item, distractors, key }: Plan, scope: Scope, stem: RichText, right: Fraction): Made {
  const options = [key, ...distractors].map((formula) => {
    const value = scope.value(formula);
    return { formula: formula.text, value, written: writeNumber(value, item.decimals) };
  });
  for (const [at, { formula, value, written }] of options.entries()) {
    const first = options.slice(0, at).find((one) => one.written.text === written.text);
    const told = { formula, values: scope.named, written: written.text };
    if (first && first === options[0]) throw new Refusal('parametric-distractor-key', told);
    if (first) throw new Refusal('parametric-distractor-twice', { ...told, first: first.formula });
    if (!isPlausible(value, right)) throw new Refusal('parametric-distractor-far', told);
  }
  return {
    content: {
      kind: 'choice',
      stem,
      options: options.map(({ written }, at) => ({
        id: LETTERS[at] ?? '',
        text: optionText(written, item.unit),
      })),
      shuffle: true,
    },
    key: { correct: ['a'] },
  };
}

function optionText({ text, tex, decimal }: WrittenNumber, unit: string | undefined): RichText {
  const number: Inline = decimal === null ? { t: 'math', tex } : { t: 'text', v: text };
  return [unit === undefined ? [number] : [number, { t: 'text', v: ` ${unit}` }]];
}

/** Not a hundred times larger or smaller than the key; beside 0 anything up to a hundred. */
function isPlausible(value: Fraction, right: Fraction): boolean {
  const [size, key] = [square(value), square(right)];
  const factor = square(PLAUSIBLE_FACTOR);
  if (key.numerator === 0n || size.numerator === 0n)
    return compare(key.numerator === 0n ? size : key, factor) <= 0;
  return (
    compare(size, multiplyFractions(key, factor)) <= 0 && compare(key, multiplyFractions(size, factor)) <= 0
  );
}

function square(value: Fraction): Fraction {
  return multiplyFractions(value, value);
}
