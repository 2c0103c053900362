import { RE2JS, RE2JSSyntaxException } from 're2js';
import type { ItemProblem } from '../kind.ts';
import { foldAnswer, normaliseAnswer } from './normalise.ts';
import type { ShortTextKey } from './schema.ts';

/** Steps of the automaton: the longest answer then takes milliseconds, whatever both hold. */
const MAX_STEPS = 500;
/** Whoever takes all of these takes any answer. */
const PROBES = ['a', '7', 'ngẫu nhiên', '-3,5 m/s', '?!'];

type Rules = Pick<ShortTextKey, 'caseSensitive' | 'folds'>;

/**
 * An expression in the syntax of RE2 (https://github.com/google/re2/wiki/Syntax), read like an answer, so that its
 * letters meet those of a normalised one. RE2 follows all ways at once and never tries again: the steps of a match are at
 * most answer × expression. What would need more, a look around or back, it does not read.
 */
function compile(expression: string, { caseSensitive, folds = [] }: Rules): RE2JS {
  const read = foldAnswer(normaliseAnswer(expression, true), folds);
  return RE2JS.compile(read, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
}

const compiled = new WeakMap<ShortTextKey, RE2JS[]>();

/** Whether the whole of a normalised answer fits an expression of the key. */
export function fitsExpression(answer: string, key: ShortTextKey): boolean {
  const known = compiled.get(key) ?? (key.expressions ?? []).map((expression) => compile(expression, key));
  compiled.set(key, known);
  return known.some((expression) => expression.matches(answer));
}

/** Expressions that cannot be read, would take too long, or take any answer. */
export function checkExpressions(key: ShortTextKey): ItemProblem[] {
  return (key.expressions ?? []).flatMap((text, i) => {
    const problem = problemOf(text, key);
    return problem ? [{ where: `key.expressions.${i}`, ...problem }] : [];
  });
}

function problemOf(text: string, key: ShortTextKey): Omit<ItemProblem, 'where'> | null {
  try {
    const expression = compile(text, key);
    if (expression.programSize() > MAX_STEPS) return { code: 'item-expression-large', values: { text } };
    const isAnything = expression.matches('') || PROBES.every((probe) => expression.matches(probe));
    return isAnything ? { code: 'item-expression-any', values: { text } } : null;
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    // the engine tells its own mark of a match without regard to capitals with the piece
    const piece = (error.getPattern() ?? text).replace(/^\(\?i\)/, '');
    return { code: 'item-expression', values: { text, piece } };
  }
}
