import { ITEM_KINDS, LEVELS, type Blueprint, type ItemKindName, type Level } from '#bank/protocol';
import { isListCell, placedCells, questionCount, totalPoints, type PlacedCell } from './cells.ts';

/** Questions and their points together, in hundredths. */
interface Amount {
  count: number;
  points: number;
}

/** What stands where a topic's row meets a column: all cells of that stratum, of whatever part. */
interface MatrixEntry extends Amount {
  cells: string[];
}

interface MatrixColumn extends Amount {
  kind: ItemKindName;
  level: Level;
}

interface MatrixRow extends Amount {
  topic: string;
  /** One per column; null where the blueprint asks for nothing. */
  entries: (MatrixEntry | null)[];
}

/** The printed exam matrix: topics down, kind × level across; simple-form cells stand below as lists. */
interface MatrixView extends Amount {
  columns: MatrixColumn[];
  rows: MatrixRow[];
  lists: (Amount & { cell: string; from: number })[];
}

/** Topics come in the order of the blueprint, columns by kind and rising level; only used ones are shown. */
export function matrixView(blueprint: Blueprint): MatrixView {
  const placed = placedCells(blueprint);
  const columns = usedColumns(placed);
  return {
    columns: columns.map((column) => ({
      ...column,
      ...amount(placed.filter((cell) => inColumn(cell, column))),
    })),
    rows: usedTopics(placed).map((topic) => row(topic, placed, columns)),
    lists: placed.flatMap(({ cell, part }) =>
      isListCell(cell) ? [{ cell: cell.id, from: cell.items.length, ...amount([{ cell, part }]) }] : [],
    ),
    count: questionCount(blueprint),
    points: totalPoints(blueprint),
  };
}

type Column = Pick<MatrixColumn, 'kind' | 'level'>;

function usedColumns(placed: readonly PlacedCell[]): Column[] {
  return ITEM_KINDS.flatMap((kind) => LEVELS.map((level) => ({ kind, level }))).filter((column) =>
    placed.some((cell) => inColumn(cell, column)),
  );
}

function usedTopics(placed: readonly PlacedCell[]): string[] {
  return [...new Set(placed.flatMap(({ cell }) => (isListCell(cell) ? [] : [cell.topic])))];
}

function inColumn({ cell }: PlacedCell, { kind, level }: Column): boolean {
  return !isListCell(cell) && cell.kind === kind && cell.level === level;
}

function row(topic: string, placed: readonly PlacedCell[], columns: readonly Column[]): MatrixRow {
  const mine = placed.filter(({ cell }) => !isListCell(cell) && cell.topic === topic);
  const entries = columns.map((column) => {
    const cells = mine.filter((cell) => inColumn(cell, column));
    return cells.length > 0 ? { ...amount(cells), cells: cells.map(({ cell }) => cell.id) } : null;
  });
  return { topic, entries, ...amount(mine) };
}

function amount(placed: readonly PlacedCell[]): Amount {
  return {
    count: placed.reduce((sum, { cell }) => sum + cell.count, 0),
    points: placed.reduce((sum, { cell }) => sum + cell.count * cell.points, 0),
  };
}
