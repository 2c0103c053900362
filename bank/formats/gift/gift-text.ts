import type { TextFormat } from 'gift-pegjs';
import type { Inline, RichText, TextRun } from '#bank/protocol';
import { normaliseRichText } from '#bank/item';
import { decodeEntities } from './entities.ts';

type Mark = 'b' | 'i' | 'u' | 'sub' | 'sup';

const MARK_OF: Readonly<Record<string, Mark>> = {
  b: 'b',
  strong: 'b',
  i: 'i',
  em: 'i',
  u: 'u',
  ins: 'u',
  sub: 'sub',
  sup: 'sup',
};
const BREAKS = new Set('p div br li ul ol tr table blockquote pre h1 h2 h3 h4 h5 h6 hr'.split(' '));
/** Tags whose loss changes nothing that a reader would miss. */
const HARMLESS = new Set('span font small big tt center tbody thead section article label'.split(' '));
const KNOWN = new Set(
  'a img table td th code pre var s del audio video source iframe object embed script style svg math'.split(
    ' ',
  ),
);

/** `\(…\)`, `\[…\]`, `$$…$$`, and `$…$` when it holds a sign that only formulas have. */
const FORMULA =
  /\\\(([\s\S]+?)\\\)|\\\[([\s\S]+?)\\\]|\$\$([\s\S]+?)\$\$|(?<!\\)\$([^$\n]*[\\^_{][^$\n]*)\$/g;
const TAG =
  /<!--[\s\S]*?-->|<(script|style)\b[\s\S]*?<\/\1\s*>|<(\/?)([a-zA-Z][a-zA-Z0-9]*)(?:\s[^<>]*)?\/?>/g;

/** Text as the engine keeps it, and the names of tags that were dropped. */
interface GiftText {
  rich: RichText;
  dropped: string[];
}

/** Reads a text of a GIFT question in its declared format; formulas are found in every format. */
export function readGiftText({ format, text }: TextFormat): GiftText {
  const builder = new Builder(format === 'html' || format === 'moodle', format === 'markdown');
  let from = 0;
  for (const match of text.matchAll(FORMULA)) {
    builder.text(text.slice(from, match.index));
    const [whole, inline, block, display, dollar] = match;
    builder.formula(inline ?? block ?? display ?? dollar ?? '', block !== undefined || display !== undefined);
    from = match.index + whole.length;
  }
  builder.text(text.slice(from));
  return builder.finish();
}

class Builder {
  readonly #html: boolean;
  readonly #markdown: boolean;
  readonly #depth: Record<Mark, number> = { b: 0, i: 0, u: 0, sub: 0, sup: 0 };
  readonly #runs: Inline[] = [];
  readonly #dropped = new Set<string>();

  constructor(html: boolean, markdown: boolean) {
    this.#html = html;
    this.#markdown = markdown;
  }

  formula(tex: string, display: boolean): void {
    const source = (this.#html ? decodeEntities(tex) : tex).trim();
    this.#runs.push(display ? { t: 'math', tex: source, display: true } : { t: 'math', tex: source });
  }

  text(text: string): void {
    if (this.#html) this.#htmlText(text);
    else if (this.#markdown) this.#markdownText(text);
    else this.#push(text);
  }

  finish(): GiftText {
    return { rich: normaliseRichText([this.#runs]), dropped: [...this.#dropped].toSorted() };
  }

  #htmlText(text: string): void {
    let from = 0;
    for (const match of text.matchAll(TAG)) {
      const [whole, hidden, slash, name] = match;
      if (name !== undefined && !isTag(name)) continue;
      this.#push(htmlSpace(text.slice(from, match.index)));
      from = match.index + whole.length;
      if (name !== undefined) this.#tag(name.toLowerCase(), slash === '/');
      else if (hidden !== undefined) this.#dropped.add(`<${hidden.toLowerCase()}>`);
    }
    this.#push(htmlSpace(text.slice(from)));
  }

  #tag(name: string, closes: boolean): void {
    const mark = MARK_OF[name];
    if (mark) this.#depth[mark] = Math.max(0, this.#depth[mark] + (closes ? -1 : 1));
    if (BREAKS.has(name)) this.#push('\n');
    if (name === 'li' && !closes) this.#push('– ');
    if (KNOWN.has(name)) this.#dropped.add(`<${name}>`);
  }

  /** `**bold**` and `*italic*`; everything else of Markdown reads well as it is written. */
  #markdownText(text: string): void {
    for (const piece of text.split(/(\*\*[^*\n]+\*\*|\*[^*\s][^*\n]*\*)/)) {
      const [, stars = '', inner = ''] = /^(\*{1,2})([^*]+)\1$/.exec(piece) ?? [];
      if (stars === '') this.#push(piece);
      else this.#push(inner, stars.length === 2 ? 'b' : 'i');
    }
  }

  #push(v: string, extra?: Mark): void {
    if (v === '') return;
    const run: TextRun = { t: 'text', v };
    for (const mark of Object.keys(this.#depth) as Mark[]) {
      if (this.#depth[mark] > 0 || mark === extra) run[mark] = true;
    }
    this.#runs.push(run);
  }
}

function isTag(name: string): boolean {
  const lower = name.toLowerCase();
  return lower in MARK_OF || BREAKS.has(lower) || HARMLESS.has(lower) || KNOWN.has(lower);
}

function htmlSpace(text: string): string {
  return decodeEntities(text.replace(/\s+/g, ' '));
}
