import { LIMITS, type ImageRun, type Inline, type RichText } from '#bank/protocol';
import { MARKS, normaliseRichText, textRun, type Mark } from './rich-text.ts';

/**
 * The small markup of workbooks and forms:
 *
 *   $…$  formula      $$…$$  formula on a line of its own      <b> <i> <u> <sub> <sup>  marks, with their end tags
 *   ![1] the first picture of the list that goes with the text      \$ \< \! \\  the character itself
 *
 * A line break begins a new paragraph. Whatever is not markup stays as it was typed: other tags, a tag that is
 * never closed, a single dollar sign, the number of a picture that does not exist, other backslashes.
 */
type Token =
  | { t: 'text'; v: string }
  | { t: 'math'; tex: string; display: boolean }
  | { t: 'mark'; mark: Mark; close: boolean; source: string }
  | { t: 'image'; image: ImageRun };

const ESCAPE = /\\[\\$<!]/y;
const TAG = /<(\/?)(sub|sup|b|i|u)>/iy;
const IMAGE = /!\[([1-9][0-9]{0,2})\]/y;
const PLAIN = /[^\\$<!]+/y;

function matchAt(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

/**
 * Where the formula that starts at `from` ends: at the first delimiter outside braces, or, when braces are not
 * balanced, at the first delimiter, so that the formula is refused instead of shown as text. -1 when it never
 * ends or is longer than a formula may be. An inline formula ends on its line.
 */
function formulaEnd(source: string, from: number, delimiter: '$' | '$$'): number {
  const limit = Math.min(source.length, from + LIMITS.formula + 1);
  let depth = 0;
  let first = -1;
  for (let at = from; at < limit; at++) {
    const char = source[at];
    if (char === '\\') at++;
    else if (char === '{') depth++;
    else if (char === '}') depth--;
    else if (delimiter === '$' && (char === '\n' || char === '\r')) return first;
    else if (char === '$' && source.startsWith(delimiter, at)) {
      if (depth === 0) return at;
      if (first < 0) first = at;
    }
  }
  return first;
}

function readMath(source: string, at: number): [Token, number] {
  const delimiter = source.startsWith('$$', at) ? '$$' : '$';
  const from = at + delimiter.length;
  const end = formulaEnd(source, from, delimiter);
  if (end < 0) return [{ t: 'text', v: delimiter }, from];
  const next = end + delimiter.length;
  const tex = source.slice(from, end).trim();
  if (tex === '') return [{ t: 'text', v: source.slice(at, next) }, next];
  return [{ t: 'math', tex, display: delimiter === '$$' }, next];
}

function readToken(source: string, at: number, images: readonly ImageRun[]): [Token, number] {
  const plain = matchAt(PLAIN, source, at)?.[0];
  if (plain !== undefined) return [{ t: 'text', v: plain }, at + plain.length];
  if (matchAt(ESCAPE, source, at)) return [{ t: 'text', v: source.charAt(at + 1) }, at + 2];
  if (source[at] === '$') return readMath(source, at);
  const tag = matchAt(TAG, source, at);
  if (tag) {
    const mark = MARKS.find((name) => name === tag[2]?.toLowerCase());
    if (mark) return [{ t: 'mark', mark, close: tag[1] === '/', source: tag[0] }, at + tag[0].length];
  }
  const number = matchAt(IMAGE, source, at);
  const image = number ? images[Number(number[1]) - 1] : undefined;
  if (number && image) return [{ t: 'image', image }, at + number[0].length];
  return [{ t: 'text', v: source.charAt(at) }, at + 1];
}

/** A mark counts only as a pair: an opening tag with a closing one behind it, a closing one after an opening. */
class OpenMarks {
  readonly depth: Record<Mark, number> = { b: 0, i: 0, u: 0, sub: 0, sup: 0 };
  readonly lastClose: Record<Mark, number>;

  constructor(source: string) {
    const lower = source.toLowerCase();
    const last = (mark: Mark): number => lower.lastIndexOf(`</${mark}>`);
    this.lastClose = { b: last('b'), i: last('i'), u: last('u'), sub: last('sub'), sup: last('sup') };
  }

  /** False when the tag is no pair and stays text. */
  take(mark: Mark, close: boolean, at: number): boolean {
    if (close ? this.depth[mark] === 0 : this.lastClose[mark] < at) return false;
    this.depth[mark] += close ? -1 : 1;
    return true;
  }
}

/** Reads markup into rich text in its normal form. `images` are what `![1]`, `![2]`, … stand for. Never fails. */
export function parseMarkup(source: string, images: readonly ImageRun[] = []): RichText {
  const marks = new OpenMarks(source);
  const runs: Inline[] = [];
  for (let at = 0; at < source.length;) {
    const [token, next] = readToken(source, at, images);
    if (token.t === 'text') runs.push(textRun(token.v, marks.depth));
    else if (token.t === 'image') runs.push(token.image);
    else if (token.t === 'math') {
      runs.push(token.display ? { t: 'math', tex: token.tex, display: true } : { t: 'math', tex: token.tex });
    } else if (!marks.take(token.mark, token.close, at)) {
      runs.push(textRun(token.source, marks.depth));
    }
    at = next;
  }
  return normaliseRichText([runs]);
}

function escapeText(text: string): string {
  return text
    .replace(/[\\$]/g, '\\$&')
    .replace(/<(?=\/?(?:sub|sup|b|i|u)>)/gi, '\\<')
    .replace(/!(?=\[[1-9])/g, '\\!');
}

/**
 * Writes rich text as markup; `parseMarkup(toMarkup(rich), imagesOf(rich))` gives `rich` in its normal form without its
 * recordings, which have no markup, as long as the braces of its formulas are balanced.
 */
export function toMarkup(rich: RichText): string {
  let pictures = 0;
  const write = (run: Inline): string => {
    if (run.t === 'image') return `![${++pictures}]`;
    if (run.t === 'media') return '';
    if (run.t === 'math') return run.display ? `$$${run.tex}$$` : `$${run.tex}$`;
    const marks = MARKS.filter((mark) => run[mark]);
    const open = marks.map((mark) => `<${mark}>`).join('');
    const close = marks
      .map((mark) => `</${mark}>`)
      .reverse()
      .join('');
    return open + escapeText(run.v) + close;
  };
  return normaliseRichText(rich)
    .map((paragraph) => paragraph.map(write).join(''))
    .join('\n');
}
