import { LIMITS, type RichText } from '#bank/protocol';
import { parseMarkup } from '#bank/item';
import { addressOf, cellOf, type Table } from './headers.ts';
import { placeImages } from './images.ts';
import type { RowReport, Values } from './import-row.ts';
import type { QuestionOptions } from './question-options.ts';
import type { SheetCell, SheetRow } from './sheet.ts';
import { OPTION_LETTERS, type OptionLetter, type QuestionColumnId } from './workbook-columns.ts';

/** Text of an item that is not formatted (keys, units) may not be longer. */
const MAX_PLAIN = 2_000;

/**
 * One row of the question sheet as the readers of each kind see it: cells by column, and a place to report what is
 * wrong with them.
 */
export class QuestionCells {
  readonly code: string;
  readonly report: RowReport;
  readonly #table: Table<QuestionColumnId>;
  readonly #row: SheetRow;
  readonly #options: QuestionOptions;

  constructor(
    table: Table<QuestionColumnId>,
    row: SheetRow,
    code: string,
    report: RowReport,
    options: QuestionOptions,
  ) {
    this.#table = table;
    this.#row = row;
    this.code = code;
    this.report = report;
    this.#options = options;
  }

  cell(id: QuestionColumnId): SheetCell {
    return cellOf(this.#table, this.#row, id);
  }

  place(id: QuestionColumnId): { cell: string; line?: number } {
    const cell = addressOf(this.#table, this.#row, id);
    return this.#row.line === undefined ? { cell } : { cell, line: this.#row.line };
  }

  refuse(code: string, id: QuestionColumnId, values?: Values): void {
    this.report.refuse(code, this.place(id), values);
  }

  warn(code: string, id: QuestionColumnId, values?: Values): void {
    this.report.warn(code, this.place(id), values);
  }

  has(id: QuestionColumnId): boolean {
    const cell = this.cell(id);
    return cell.text !== '' || cell.images !== undefined;
  }

  /** Unformatted text of a cell. */
  text(id: QuestionColumnId): string {
    const { text } = this.cell(id);
    if (text.length <= MAX_PLAIN) return text;
    this.refuse('cell-too-long', id, { length: text.length, max: MAX_PLAIN });
    return text.slice(0, MAX_PLAIN);
  }

  /** Formatted text of a cell, with its pictures. */
  rich(id: QuestionColumnId): RichText {
    const cell = this.cell(id);
    if (cell.trouble === 'number') this.warn('cell-number', id, { text: cell.text });
    return this.#parse(cell.text, cell, id);
  }

  /** Formatted text of a part of a cell that has no pictures. */
  richPart(text: string, id: QuestionColumnId): RichText {
    return this.#parse(text, { text }, id);
  }

  /** Letters of the filled option cells, from A on; a gap is refused. */
  letters(): OptionLetter[] {
    const filled = OPTION_LETTERS.filter((letter) => this.has(`option${letter}`));
    const gap = OPTION_LETTERS.slice(0, filled.length).find((letter) => !filled.includes(letter));
    if (gap) this.refuse('option-gap', `option${gap}`, { letter: gap });
    return filled;
  }

  #parse(text: string, cell: SheetCell, id: QuestionColumnId): RichText {
    if (text.length > LIMITS.textRun) {
      this.refuse('cell-too-long', id, { length: text.length, max: LIMITS.textRun });
      return [];
    }
    const { cell: address } = this.place(id);
    const { markup, images } = placeImages(text, cell.images ?? [], this.code, this.report, address);
    const rich = parseMarkup(markup, images);
    if (hasLoneDollar(markup, rich)) this.warn('cell-dollar', id);
    checkFormulas(rich, this.#options, (values) => this.refuse('item-formula', id, values));
    return rich;
  }
}

/** Reports every formula that the renderer refuses, with the values of the sentence. */
export function checkFormulas(
  rich: RichText,
  options: Pick<QuestionOptions, 'checkFormula'>,
  refuse: (values: Values) => void,
): void {
  for (const run of rich.flat()) {
    if (run.t !== 'math') continue;
    const fault = options.checkFormula?.(run.tex, run.display === true);
    if (fault) refuse({ position: fault.position, formula: run.tex.slice(0, 80) });
  }
}

/** A `$` that is neither escaped nor part of a formula. */
function hasLoneDollar(markup: string, rich: RichText): boolean {
  if (!markup.includes('$')) return false;
  const escaped = markup.split('\\$').length - 1;
  const shown = rich
    .flat()
    .reduce((sum, run) => sum + (run.t === 'text' ? run.v.split('$').length - 1 : 0), 0);
  return shown > escaped;
}
