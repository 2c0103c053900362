/** Larger sheets are refused; columns further right are not read. */
export const MAX_ROWS = 20_000;
export const MAX_COLUMNS = 200;

/** A picture anchored in a cell. */
export interface SheetImage {
  bytes: Uint8Array;
}

/** What makes a cell unfit to be read as it stands, or worth a remark. */
type CellTrouble = 'formula' | 'error' | 'date' | 'number' | 'merged';

export interface SheetCell {
  /** Trimmed NFC text; runs of Excel's rich text are written in the markup of `#bank/item`. */
  text: string;
  trouble?: CellTrouble;
  /** Whether Excel holds a number here. */
  isNumber?: true;
  /** Of a date cell: `YYYY-MM-DD`. */
  date?: string;
  /** Of a merged cell: the whole area, such as `C12:C15`. */
  area?: string;
  images?: SheetImage[];
}

export interface SheetRow {
  /** 1 for the first row of the sheet. */
  row: number;
  /** Line of a text file on which the row begins. */
  line?: number;
  /** By column, 1 for column A; empty cells may be absent. */
  cells: ReadonlyMap<number, SheetCell>;
}

/** A table as workbooks and CSV files give it; rows without any text are left out. */
export interface Sheet {
  name: string;
  rows: SheetRow[];
}

export const EMPTY_CELL: SheetCell = { text: '' };

/** `A` for 1, `Z` for 26, `AA` for 27. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCodePoint(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** 1 for `A`, 27 for `AA`. */
export function columnNumber(name: string): number {
  return [...name].reduce((sum, letter) => sum * 26 + ((letter.codePointAt(0) ?? 64) - 64), 0);
}

export function cellName(column: number, row: number): string {
  return `${columnName(column)}${row}`;
}

export function cleanText(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/g, '\n').trim();
}
