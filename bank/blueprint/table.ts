import type { Language } from '#bank/protocol';

/** A cell of a printed table; it covers one row and one column unless told otherwise. Lines end with `\n`. */
export interface TableCell {
  text: string;
  columns?: number;
  rows?: number;
  /** Text stands at its start instead of its middle. */
  isText?: boolean;
}

/** A table as it is printed, shown or exported: nothing is left to compute. */
export interface MatrixTable {
  /** Relative widths of the columns. */
  widths: number[];
  head: TableCell[][];
  body: TableCell[][];
  foot: TableCell[][];
  /** Sentences below the table. */
  notes: string[];
}

/** A cell at its place, counted from 0. */
export interface PlacedTableCell {
  cell: TableCell;
  row: number;
  column: number;
}

/** Where each cell stands when those of earlier rows reach down into later ones. */
export function placeTableCells(rows: readonly (readonly TableCell[])[]): PlacedTableCell[] {
  const taken = new Set<string>();
  return rows.flatMap((cells, row) => {
    let column = 0;
    return cells.map((cell) => {
      while (taken.has(`${row} ${column}`)) column++;
      const at = column;
      const { columns = 1, rows: down = 1 } = cell;
      for (let y = 0; y < down; y++) for (let x = 0; x < columns; x++) taken.add(`${row + y} ${at + x}`);
      return { cell, row, column: at };
    });
  });
}

const QUARTERS_OF_POINT = 400;

/** Points from quarters of a hundredth, exact, with at least one decimal: `3,0`, `3,25`. */
export function pointsText(quarters: number, language: Language): string {
  const whole = Math.floor(quarters / QUARTERS_OF_POINT);
  const decimals = String((quarters % QUARTERS_OF_POINT) * 25).padStart(4, '0');
  return `${whole}${language === 'vi' ? ',' : '.'}${decimals[0]}${decimals.slice(1).replace(/0+$/, '')}`;
}

/** A share in percent with one decimal where it needs one, rounded half up: `45`, `32,5`. */
export function percentText(part: number, whole: number, language: Language): string {
  if (whole === 0) return '0';
  const tenths = Math.floor((part * 2000 + whole) / (2 * whole));
  const decimal = tenths % 10 === 0 ? '' : `${language === 'vi' ? ',' : '.'}${tenths % 10}`;
  return `${Math.floor(tenths / 10)}${decimal}`;
}

/** Empty for nothing, as matrices are printed. */
export function countText(count: number): string {
  return count === 0 ? '' : String(count);
}
