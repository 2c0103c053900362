import { answered, totalPoints } from '#bank/blueprint';
import { LEVELS } from '#bank/protocol';
import {
  columnKey,
  placedDrafts,
  toBlueprint,
  type DraftPart,
  type MatrixDraft,
  type PlacedDraft,
} from './matrix-draft.ts';

/** Questions and their points together, in hundredths. */
export interface Amount {
  count: number;
  points: number;
}

export interface PartTotals extends Amount {
  /** By key of the row. */
  rows: Readonly<Record<string, Amount>>;
  /** By key of the column. */
  columns: Readonly<Record<string, Amount>>;
}

export interface MatrixTotals extends Amount {
  parts: readonly PartTotals[];
  /** Points declared but not given yet; negative when there are too many. */
  missing: number;
}

function sum(placed: readonly PlacedDraft[]): Amount {
  return placed.reduce(
    (total, { cell }) => ({
      count: total.count + cell.count,
      points: total.points + answered(cell) * cell.points,
    }),
    { count: 0, points: 0 },
  );
}

/** The margins of the matrix: per row, column and part, and all together; points are those that one candidate can reach. */
export function matrixTotals(draft: MatrixDraft): MatrixTotals {
  const placed = placedDrafts(draft);
  const all = sum(placed);
  const points = totalPoints(toBlueprint(draft));
  return {
    ...all,
    parts: draft.parts.map((part, index) =>
      partTotals(
        part,
        placed.filter((one) => one.part === index),
      ),
    ),
    points,
    missing: draft.total - points,
  };
}

function partTotals(part: DraftPart, placed: readonly PlacedDraft[]): PartTotals {
  const columns = part.kinds.flatMap(({ kind }) => LEVELS.map((level) => columnKey(kind, level)));
  return {
    ...sum(placed),
    rows: Object.fromEntries(
      part.rows.map(({ key }) => [key, sum(placed.filter(({ place }) => place === key))]),
    ),
    columns: Object.fromEntries(
      columns.map((column) => [column, sum(placed.filter((one) => one.column === column))]),
    ),
  };
}
