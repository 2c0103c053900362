import { addFractions, fraction, multiplyFractions, parseFraction, type Fraction } from '#bank/marks';
import type { RichText } from '#bank/protocol';
import { compare } from './evaluate.ts';
import {
  FormulaError,
  namesIn,
  parseComparison,
  parseFormula,
  type Comparison,
  type Expression,
} from './expression.ts';
import { Refusal } from './problem.ts';
import type { ParametricItem } from './template.ts';

/** Values that a parameter may take, at most. */
const MAX_VALUES = 10_000;

/** A formula with the text that sentences name it by. */
export interface Written<Meaning = Expression> {
  text: string;
  meaning: Meaning;
}

/** A formula in a text, and whether it is written with its sign. */
export interface Placeholder {
  formula: Written;
  isSigned: boolean;
}

/** A parametric item, read. */
export interface Plan {
  item: ParametricItem;
  /** Values of each parameter, in the order of the item. */
  parameters: { name: string; from: Fraction; step: Fraction; count: number }[];
  derived: ReadonlyMap<string, Written>;
  constraints: Written<Comparison>[];
  key: Written;
  distractors: Written[];
  /** What stands between `@{` and `}` → its formula. */
  placeholders: ReadonlyMap<string, Placeholder>;
}

export const PLACEHOLDER = /@\{([^{}]*)\}/g;

/**
 * Reads every formula and range of an item, and finds the names that they use.
 *
 * @throws Refusal
 */
export function planOf(item: ParametricItem): Plan {
  const derived = new Map(item.derived.map(({ name, formula }) => [name, read(formula, parseFormula)]));
  const plan: Plan = {
    item,
    parameters: item.parameters.map(readRange),
    derived,
    constraints: item.constraints.map((text) => read(text, parseComparison)),
    key: read(item.key, parseFormula),
    distractors: item.distractors.map((text) => read(text, parseFormula)),
    placeholders: readPlaceholders(item.stem),
  };
  refuseRepeated([...item.parameters, ...item.derived].map(({ name }) => name));
  refuseUnknown(plan);
  refuseCircles(derived);
  return plan;
}

function read<Meaning>(text: string, parse: (text: string) => Meaning): Written<Meaning> {
  try {
    return { text, meaning: parse(text) };
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    throw new Refusal('parametric-formula', { formula: text, position: error.position });
  }
}

function readRange({
  name,
  from,
  to,
  step,
}: ParametricItem['parameters'][number]): Plan['parameters'][number] {
  const [first, last, by] = [from, to, step].map(readBound) as [Fraction, Fraction, Fraction];
  if (by.numerator <= 0n || compare(first, last) > 0) throw new Refusal('parametric-range', { name });
  const difference = addFractions(last, multiplyFractions(first, fraction(-1n)));
  const steps = multiplyFractions(difference, fraction(by.denominator, by.numerator));
  const count = steps.numerator / steps.denominator + 1n;
  if (count > MAX_VALUES) throw new Refusal('parametric-range-long', { name, max: MAX_VALUES });
  return { name, from: first, step: by, count: Number(count) };
}

function readBound(text: string): Fraction {
  return parseFraction(text) ?? fraction(0n);
}

function readPlaceholders(stem: RichText): Map<string, Placeholder> {
  const texts = stem.flat().map((run) => (run.t === 'text' ? run.v : run.t === 'math' ? run.tex : ''));
  const found = texts.flatMap((text) => [...text.matchAll(PLACEHOLDER)].map(([, inner = '']) => inner));
  return new Map(
    found.map((inner) => {
      const isSigned = inner.trimStart().startsWith('+');
      const text = isSigned ? inner.trimStart().slice(1) : inner;
      return [inner, { formula: read(text, parseFormula), isSigned }];
    }),
  );
}

function refuseRepeated(names: readonly string[]): void {
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new Refusal('parametric-name-twice', { name: twice });
}

function refuseUnknown({
  item,
  parameters,
  derived,
  constraints,
  key,
  distractors,
  placeholders,
}: Plan): void {
  const known = new Set([...parameters.map(({ name }) => name), ...derived.keys()]);
  const formulas = [
    ...derived.values(),
    key,
    ...distractors,
    ...[...placeholders.values()].map(({ formula }) => formula),
    ...constraints.flatMap(({ text, meaning: { left, right } }) => [
      { text, meaning: left },
      { text, meaning: right },
    ]),
  ];
  for (const { text, meaning } of formulas) {
    const name = namesIn(meaning).find((one) => !known.has(one));
    if (name !== undefined) throw new Refusal('parametric-name-unknown', { name, formula: text });
  }
  if (placeholders.size === 0)
    throw new Refusal('parametric-no-placeholder', {
      example: `@{2*${item.parameters[0]?.name ?? 'a'}}`,
    });
}

/** A derived value that would need itself. */
function refuseCircles(derived: Plan['derived']): void {
  const done = new Set<string>();
  const visit = (name: string, above: readonly string[]): void => {
    if (above.includes(name)) throw new Refusal('parametric-circle', { name });
    const formula = done.has(name) ? undefined : derived.get(name);
    if (!formula) return;
    for (const next of namesIn(formula.meaning)) visit(next, [...above, name]);
    done.add(name);
  };
  for (const name of derived.keys()) visit(name, []);
}
