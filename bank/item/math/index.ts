import { ParseError, renderToString, type KatexOptions } from 'katex';
import { LIMITS, type MathNode } from '#bank/protocol';
import type { ItemContent } from '../index.ts';
import { itemKind } from '../index.ts';
import type { ItemProblem } from '../kind.ts';
import { MathError } from './math-error.ts';
import { readTree } from './read-tree.ts';
import { hideVietnamese, restoreVietnamese } from './vietnamese.ts';

/** KaTeX paints what `trust` forbids (links, pictures, raw HTML) in this colour instead of failing. */
const REFUSED_COLOUR = '#bad0ad';

const OPTIONS: KatexOptions = {
  output: 'htmlAndMathml',
  throwOnError: true,
  errorColor: REFUSED_COLOUR,
  trust: false,
  /** LaTeX quirks pass; a character that no font of KaTeX has is a mistake. */
  strict: (code) => (code === 'unknownSymbol' ? 'error' : 'ignore'),
  /** Greatest size of anything, in em. */
  maxSize: 50,
  maxExpand: 500,
};

/**
 * Commands that define others: a text that is defined once and used often makes a formula of any size out of few
 * characters. A line break in front of a word is not one of them.
 */
const DEFINES =
  /\\\\|\\(?:[egx]?def|let|futurelet|global|long|(?:re)?newcommand|providecommand)(?![A-Za-z@])/g;
/** Characters of markup that one formula may come to: some hundred times as many as formulas of papers do. */
const MAX_MARKUP = 500_000;

/** KaTeX reports a missing glyph measure on the console, with the character: nothing of a formula may go there. */
function quietly<T>(work: () => T): T {
  const { warn } = globalThis.console;
  globalThis.console.warn = () => undefined;
  try {
    return work();
  } finally {
    globalThis.console.warn = warn;
  }
}

/**
 * Renders a LaTeX formula as a tree of allow-listed elements (HTML for the eye, MathML for screen readers).
 * Never part of a candidate's bundle: views hold the tree.
 * @throws MathError with the place of the mistake
 */
export function renderMath(tex: string, display: boolean): MathNode {
  if (tex.length > LIMITS.formula) throw new MathError(tex, LIMITS.formula);
  for (const { 0: command, index } of tex.matchAll(DEFINES))
    if (command !== '\\\\') throw new MathError(tex, index + 1);
  try {
    const options = { ...OPTIONS, displayMode: display, macros: {} };
    const markup = quietly(() => renderToString(hideVietnamese(tex), options));
    if (markup.includes(REFUSED_COLOUR) || markup.length > MAX_MARKUP) throw new MathError(tex, 1);
    return restoreVietnamese(readTree(markup));
  } catch (error) {
    if (error instanceof ParseError) throw new MathError(tex, placeOf(error));
    if (error instanceof RangeError) throw new MathError(tex, 1);
    throw error;
  }
}

function placeOf(error: ParseError): number {
  return (error.position ?? 0) + 1;
}

/** The formulas of an item that cannot be rendered, each as a problem of the item. */
export function checkFormulas(content: ItemContent): ItemProblem[] {
  const problems: ItemProblem[] = [];
  itemKind(content.kind).toView(content, {
    token: (part) => part,
    math(tex, display) {
      try {
        return renderMath(tex, display);
      } catch (error) {
        if (!(error instanceof MathError)) throw error;
        problems.push({ code: error.code, where: 'formula', values: error.values });
        return '';
      }
    },
  });
  return problems;
}

/** Where a formula cannot be rendered; null where it can. */
export function formulaFault(tex: string, display: boolean): { position: number } | null {
  try {
    renderMath(tex, display);
    return null;
  } catch (error) {
    if (error instanceof MathError) return { position: error.position };
    throw error;
  }
}

export { MATH_ATTRIBUTES, MATH_STYLES, MATH_TAGS } from './allow-list.ts';
export { MathError } from './math-error.ts';
