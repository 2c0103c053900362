/** What a formula says, to be worked out with exact fractions. It is data: nothing in it is ever run as code. */
export type Expression =
  | { type: 'number'; text: string }
  | { type: 'name'; name: string }
  | { type: 'negative'; of: Expression }
  | { type: 'binary'; operator: BinaryOperator; left: Expression; right: Expression }
  | { type: 'call'; name: FunctionName; arguments: Expression[] };

export type BinaryOperator = '+' | '-' | '*' | '/' | '^';

/** Functions by the number of values that they take; null for two and more. */
export const FUNCTIONS = {
  abs: 1,
  floor: 1,
  ceil: 1,
  round: 2,
  mod: 2,
  gcd: 2,
  lcm: 2,
  min: null,
  max: null,
} as const satisfies Record<string, number | null>;
export type FunctionName = keyof typeof FUNCTIONS;

/** A comparison of two formulas, as constraints are. */
export interface Comparison {
  relation: '=' | '!=' | '<' | '<=' | '>' | '>=';
  left: Expression;
  right: Expression;
}

/** Where a text is no formula: the character, 1 for the first. */
export class FormulaError extends Error {
  readonly position: number;
  constructor(position: number) {
    super(`no formula at character ${position}`);
    this.name = 'FormulaError';
    this.position = position;
  }
}

/** Brackets in brackets; deeper ones are no formula that a person writes. */
const MAX_DEPTH = 40;
const TOKEN = /\s*(?:([0-9]{1,15}(?:\.[0-9]{1,15})?)|([A-Za-z][A-Za-z0-9_]{0,19})|(<=|>=|!=|[-+*/^(),=<>]))/y;

interface Token {
  kind: 'number' | 'name' | 'sign' | 'end';
  text: string;
  position: number;
}

/**
 * Reads `2*a + b^2 / gcd(a, b)`: numbers with a decimal point, names, `+ - * / ^`, brackets, and the functions of
 * `FUNCTIONS`. `^` binds before the sign, the sign before `* /`, these before `+ -`; `^` groups from the right.
 *
 * @throws FormulaError
 */
export function parseFormula(text: string): Expression {
  const reader = new Reader(text);
  const expression = reader.sum();
  reader.end();
  return expression;
}

/**
 * Reads `a < b`, `gcd(a, b) = 1` and the like.
 *
 * @throws FormulaError
 */
export function parseComparison(text: string): Comparison {
  const reader = new Reader(text);
  const left = reader.sum();
  const relation = reader.relation();
  const right = reader.sum();
  reader.end();
  return { relation, left, right };
}

/** Names that a formula asks for. */
export function namesIn(expression: Expression): string[] {
  switch (expression.type) {
    case 'number':
      return [];
    case 'name':
      return [expression.name];
    case 'negative':
      return namesIn(expression.of);
    case 'binary':
      return [...namesIn(expression.left), ...namesIn(expression.right)];
    case 'call':
      return expression.arguments.flatMap(namesIn);
  }
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  sum(): Expression {
    if (++this.#depth > MAX_DEPTH) this.#fail();
    let left = this.#product();
    for (let sign = this.#take('+', '-'); sign; sign = this.#take('+', '-'))
      left = { type: 'binary', operator: sign, left, right: this.#product() };
    this.#depth--;
    return left;
  }

  relation(): Comparison['relation'] {
    return this.#take('=', '!=', '<', '<=', '>', '>=') ?? this.#fail();
  }

  end(): void {
    if (this.#next.kind !== 'end') this.#fail();
  }

  #product(): Expression {
    let left = this.#signed();
    for (let sign = this.#take('*', '/'); sign; sign = this.#take('*', '/'))
      left = { type: 'binary', operator: sign, left, right: this.#signed() };
    return left;
  }

  #signed(): Expression {
    if (++this.#depth > MAX_DEPTH) this.#fail();
    const found: Expression = this.#take('-') ? { type: 'negative', of: this.#signed() } : this.#power();
    this.#depth--;
    return found;
  }

  #power(): Expression {
    const base = this.#single();
    if (!this.#take('^')) return base;
    return { type: 'binary', operator: '^', left: base, right: this.#signed() };
  }

  #single(): Expression {
    const { kind, text } = this.#next;
    if (kind === 'number') {
      this.#at++;
      return { type: 'number', text };
    }
    if (kind === 'name') {
      this.#at++;
      return this.#next.text === '(' && isFunction(text) ? this.#call(text) : { type: 'name', name: text };
    }
    this.#need('(');
    const inner = this.sum();
    this.#need(')');
    return inner;
  }

  #call(name: FunctionName): Expression {
    this.#need('(');
    const given = [this.sum()];
    while (this.#take(',')) given.push(this.sum());
    const wanted = FUNCTIONS[name];
    if (wanted === null ? given.length < 2 : given.length !== wanted) this.#fail();
    this.#need(')');
    return { type: 'call', name, arguments: given };
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', position: 1 };
  }

  #take<Sign extends string>(...signs: readonly Sign[]): Sign | undefined {
    const { kind, text } = this.#next;
    const found = kind === 'sign' ? signs.find((sign) => sign === text) : undefined;
    if (found !== undefined) this.#at++;
    return found;
  }

  #need(sign: string): void {
    if (!this.#take(sign)) this.#fail();
  }

  #fail(): never {
    throw new FormulaError(this.#next.position);
  }
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const scanner = new RegExp(TOKEN);
  const whole = text.trimEnd();
  for (let from = 0; from < whole.length; from = scanner.lastIndex) {
    scanner.lastIndex = from;
    const match = scanner.exec(whole);
    if (!match) throw new FormulaError(from + 1);
    const [all, number, name, sign] = match;
    const found = number ?? name ?? sign ?? '';
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign';
    tokens.push({ kind, text: found, position: from + all.length - found.length + 1 });
  }
  return [...tokens, { kind: 'end', text: '', position: whole.length + 1 }];
}
