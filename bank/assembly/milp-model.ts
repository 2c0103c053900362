/** A column of a model: a whole number from 0 to `upper`, or any number there where `isContinuous`. */
export interface Variable {
  name: string;
  cost: number;
  upper: number;
  isContinuous?: true;
}

/** `least` ≤ sum of coefficient × variable ≤ `most`; null for no bound. Variables are named by their index. */
export interface Row {
  name: string;
  terms: readonly (readonly [variable: number, coefficient: number])[];
  least: number | null;
  most: number | null;
}

/** A mixed-integer linear model. All numbers are finite; those of forms are integers. */
export interface LinearModel {
  sense: 'maximise' | 'minimise';
  variables: readonly Variable[];
  rows: readonly Row[];
}

/** Terms on a line, so that no line is too long for a reader of such files. */
const TERMS_PER_LINE = 8;

/**
 * The model in the LP format of CPLEX, in the part of it that HiGHS, CBC and GLPK read alike: no ranges in one row, no
 * empty row, every variable bounded.
 */
export function toLp({ sense, variables, rows }: LinearModel): string {
  const costs = variables.flatMap(({ cost }, index) => (cost === 0 ? [] : [[index, cost] as const]));
  const integers = variables.filter(({ isContinuous }) => !isContinuous).map(({ name }) => name);
  return [
    sense === 'maximise' ? 'Maximize' : 'Minimize',
    ` cost: ${sum(costs.length > 0 ? costs : [[0, 0]], variables)}`,
    'Subject To',
    ...rows.flatMap((row) => rowLines(row, variables)),
    'Bounds',
    ...variables.map(({ name, upper }) => ` 0 <= ${name} <= ${upper}`),
    ...(integers.length > 0 ? ['General', ...inLines(integers)] : []),
    'End',
    '',
  ].join('\n');
}

function rowLines({ name, terms, least, most }: Row, variables: readonly Variable[]): string[] {
  const left = sum(terms.length > 0 ? terms : [[0, 0]], variables);
  if (least !== null && least === most) return [` ${name}: ${left} = ${least}`];
  return [
    ...(least === null ? [] : [` ${name}l: ${left} >= ${least}`]),
    ...(most === null ? [] : [` ${name}m: ${left} <= ${most}`]),
  ];
}

function sum(terms: Row['terms'], variables: readonly Variable[]): string {
  const signed = terms.map(([index, coefficient], at) => {
    const sign = coefficient < 0 ? '-' : '+';
    const size = Math.abs(coefficient);
    const factor = size === 1 ? '' : `${size} `;
    return `${at === 0 && sign === '+' ? '' : `${sign} `}${factor}${variables[index]?.name ?? ''}`;
  });
  return inLines(signed).join('\n').trimStart();
}

function inLines(words: readonly string[]): string[] {
  return Array.from(
    { length: Math.ceil(words.length / TERMS_PER_LINE) },
    (_, line) => ` ${words.slice(line * TERMS_PER_LINE, (line + 1) * TERMS_PER_LINE).join(' ')}`,
  );
}

/**
 * Whether these values satisfy the model, counted here and not by the solver. Whole numbers are rounded first: a solver
 * gives 0.9999999 for 1.
 */
export function satisfies({ variables, rows }: LinearModel, values: readonly number[]): boolean {
  const within = (value: number, least: number | null, most: number | null): boolean =>
    (least === null || value >= least) && (most === null || value <= most);
  const valueOf = (index: number): number => {
    const value = values[index] ?? 0;
    return variables[index]?.isContinuous ? value : Math.round(value);
  };
  return (
    variables.every(({ upper }, index) => within(valueOf(index), 0, upper)) &&
    rows.every(({ terms, least, most }) =>
      within(
        terms.reduce((total, [index, coefficient]) => total + coefficient * valueOf(index), 0),
        least,
        most,
      ),
    )
  );
}
