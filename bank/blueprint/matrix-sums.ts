import type { ItemKindName, MatrixRow, ScaleColumn } from '#bank/protocol';
import type { Counted, Responses } from './responses.ts';

/** Responses and their points, in quarters of a hundredth. */
export interface Amount {
  count: number;
  quarters: number;
}

/** Amounts at each level of the scale, and together. */
export interface LevelAmounts extends Amount {
  levels: Amount[];
}

export interface RowSums extends LevelAmounts {
  row: MatrixRow;
  /** One per group of kinds. */
  groups: LevelAmounts[];
}

/** A matrix in numbers: topics down, groups of kinds by level across, with all its margins. */
export interface MatrixSums extends LevelAmounts {
  rows: RowSums[];
  groups: LevelAmounts[];
  unplaced: Amount;
}

/**
 * Adds up what was counted.
 *
 * @param rows what is known of topics; a topic without a row gets one of its own behind them
 * @param groups the kinds that share columns; a kind stands in one group at most
 */
export function sumMatrix(
  { responses, unplaced }: Counted,
  rows: readonly MatrixRow[],
  scale: readonly ScaleColumn[],
  groups: readonly (readonly ItemKindName[])[],
): MatrixSums {
  const sums = (of: readonly Responses[]) => ({
    ...byLevel(of, scale),
    groups: groups.map((kinds) =>
      byLevel(
        of.filter(({ kind }) => kinds.includes(kind)),
        scale,
      ),
    ),
  });
  return {
    ...sums(responses),
    count: total(responses).count + unplaced.count,
    quarters: total(responses).quarters + unplaced.quarters,
    rows: usedRows(responses, rows).map((row) => ({
      row,
      ...sums(responses.filter(({ topic }) => topic === row.topic)),
    })),
    unplaced,
  };
}

function total(of: readonly Amount[]): Amount {
  return of.reduce(
    (sum, { count, quarters }) => ({ count: sum.count + count, quarters: sum.quarters + quarters }),
    { count: 0, quarters: 0 },
  );
}

function byLevel(of: readonly Responses[], scale: readonly ScaleColumn[]): LevelAmounts {
  return {
    ...total(of),
    levels: scale.map(({ levels }) => total(of.filter(({ level }) => levels.includes(level)))),
  };
}

/** Rows of a chapter stand together, where its first one stands. */
function usedRows(responses: readonly Responses[], known: readonly MatrixRow[]): MatrixRow[] {
  const topics = [...new Set([...known.map(({ topic }) => topic), ...responses.map(({ topic }) => topic)])];
  const used = topics.filter((topic) => responses.some((one) => one.topic === topic));
  const rows = used.map((topic) => known.find((row) => row.topic === topic) ?? { topic });
  const chapters = [...new Set(rows.map(chapterOf))];
  return chapters.flatMap((chapter) => rows.filter((row) => chapterOf(row) === chapter));
}

/** The chapter that a row is printed under. */
export function chapterOf({ chapter, topic }: MatrixRow): string {
  return chapter ?? topic;
}

/** The unit that a row prints; empty where the topic of the bank is the chapter itself. */
export function unitOf({ chapter, unit, topic }: MatrixRow): string {
  return unit ?? (chapter === undefined ? '' : topic);
}
