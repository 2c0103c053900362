import type { Blueprint, ItemKindName, Level, PoolItem } from '#bank/protocol';
import { answered, isListCell, isPassageCell, levelsOf, placedCells } from './cells.ts';
import { levelCounts, passageCount } from './passages.ts';

/** A true/false cluster counts as four: each of its statements is a response of its own level. */
const STATEMENTS = 4;

/** Responses of one stratum: what a cell of a matrix counts. */
export interface Responses {
  topic: string;
  kind: ItemKindName;
  level: Level;
  count: number;
  /** Of all of them together, in quarters of a hundredth, since a statement is a quarter of its cluster. */
  quarters: number;
}

/** Responses, and the questions of which a plan does not tell the stratum: those drawn from picked lists. */
export interface Counted {
  responses: Responses[];
  unplaced: { count: number; quarters: number };
}

/** What a blueprint without branches asks for. */
export function plannedResponses(blueprint: Blueprint): Counted {
  const counted: Counted = { responses: [], unplaced: { count: 0, quarters: 0 } };
  for (const { cell } of placedCells(blueprint)) {
    const count = answered(cell);
    if (isListCell(cell)) {
      counted.unplaced.count += count;
      counted.unplaced.quarters += count * cell.points * STATEMENTS;
    } else if (isPassageCell(cell)) {
      const passages = passageCount(cell);
      for (const { level, count: each } of levelCounts(cell))
        counted.responses.push(...responsesOf({ ...cell, level }, undefined, passages * each, cell.points));
    } else counted.responses.push(...responsesOf(cell, cell.statements, count, cell.points));
  }
  return counted;
}

/** What a paper that was assembled holds; `item` is an id that `items` knows. */
export function assembledResponses(
  slots: readonly { item: string; cell: string | null; points: number }[],
  items: ReadonlyMap<string, PoolItem>,
): Counted {
  const responses = slots.flatMap(({ item: id, cell, points }) => {
    const item = items.get(id);
    return item && cell !== null ? responsesOf(item, item.statementLevels, 1, points) : [];
  });
  return { responses, unplaced: { count: 0, quarters: 0 } };
}

function responsesOf(
  { topic, kind, level }: Pick<PoolItem, 'topic' | 'kind' | 'level'>,
  statements: Level[] | undefined,
  count: number,
  points: number,
): Responses[] {
  if (kind !== 'tfCluster') return [{ topic, kind, level, count, quarters: count * points * STATEMENTS }];
  const levels = levelsOf({ level, ...(statements && { statementLevels: statements }) }, STATEMENTS);
  return levels.map((one) => ({ topic, kind, level: one, count, quarters: count * points }));
}

/** One entry for each stratum, in an order of their own: equal for papers with the same matrix. */
export function mergeResponses(responses: readonly Responses[]): Responses[] {
  const strata = new Map<string, Responses>();
  for (const { count, quarters, ...stratum } of responses) {
    const key = JSON.stringify([stratum.topic, stratum.kind, stratum.level]);
    const known = strata.get(key) ?? { ...stratum, count: 0, quarters: 0 };
    strata.set(key, { ...stratum, count: known.count + count, quarters: known.quarters + quarters });
  }
  return [...strata].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}
