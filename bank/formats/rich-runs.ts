/** A run of Excel's rich text, as far as the engine knows its marks. */
interface RichRun {
  text: string;
  font?: {
    bold?: boolean;
    italic?: boolean;
    underline?: unknown;
    vertAlign?: 'superscript' | 'subscript' | string;
  };
}

/**
 * Writes Excel's runs in the markup of `#bank/item`: `<sub>`, `<sup>`, `<b>`, `<i>`, `<u>`. Marks inside `$…$` are
 * left out, since a formula carries its own.
 */
export function richRunsToMarkup(runs: readonly RichRun[]): string {
  let markup = '';
  let inFormula = false;
  for (const { text, font } of runs) {
    const tags = font ? tagsOf(font) : [];
    for (const piece of text.split(/(?<!\\)(\$)/)) {
      if (piece === '$') {
        inFormula = !inFormula;
        markup += piece;
      } else {
        markup += inFormula ? piece : wrap(piece, tags);
      }
    }
  }
  return joinMarks(markup);
}

/** Neighbouring runs with the same mark become one. */
function joinMarks(markup: string): string {
  return markup.replace(/<\/(sub|sup|b|i|u)><\1>/g, '');
}

function tagsOf(font: NonNullable<RichRun['font']>): string[] {
  return [
    font.bold ? 'b' : '',
    font.italic ? 'i' : '',
    font.underline && font.underline !== 'none' ? 'u' : '',
    font.vertAlign === 'subscript' ? 'sub' : '',
    font.vertAlign === 'superscript' ? 'sup' : '',
  ].filter(Boolean);
}

function wrap(text: string, tags: readonly string[]): string {
  if (text.trim() === '') return text;
  return tags.reduceRight((inner, tag) => `<${tag}>${inner}</${tag}>`, text);
}
