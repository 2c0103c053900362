import { isListCell, isPassageCell, levelFitter, placedCells } from '#bank/blueprint';
import type { Blueprint, BoundName, ItemKindName, Level, PoolItem } from '#bank/protocol';
import type { Row } from './milp-model.ts';

/** Items of that topic, level, kind and list; what is left out may be any. Never a description. */
export interface Stratum {
  topic?: string;
  level?: Level;
  /** Levels of the statements of a cluster; they stand in for `level`. */
  statements?: Level[];
  kind?: ItemKindName;
  items?: readonly string[];
}

/** A description and the questions that it brings, by item id; `enemies` are the description's own sets. */
export interface WholePassage {
  description: string;
  enemies: readonly string[];
  items: readonly string[];
}

/** So many questions of a stratum, each worth these hundredths of a point. */
export interface FormCell extends Stratum {
  id: string;
  count: number;
  points: number;
  /** The cell takes these as a whole only; their questions are its `items`. */
  passages?: readonly WholePassage[];
}

/** A margin: how many questions of a stratum stand on the form, in whatever cells. */
export interface Quota extends Stratum {
  id: string;
  least: number;
  most: number;
}

/** Ability at which information counts: −1, 0 or +1. */
export type Ability = 0 | 1 | 2;

/** Something that is summed over the form: expected score in 1/100,000 of a point, seconds, or information. */
export interface Band {
  measure: 'score' | 'time' | Ability;
  least: number;
  most: number;
}

/** How many descriptions stand on the form, and how many of its questions each of them brings. */
export interface PassageRule {
  passages: { least: number; most: number };
  questions: { least: number; most: number };
}

/** A row that may be missed at a price, where the elastic model asks what binds. */
export interface SoftRow extends Row {
  softens: { bound: BoundName; form?: number };
}

/** What one form is to be. Cells say what fills it; everything else binds them together. */
export interface FormTask {
  pool: readonly PoolItem[];
  cells: readonly FormCell[];
  quotas?: readonly Quota[];
  bands?: readonly Band[];
  passages?: PassageRule;
  /** Forms that exist, by number from 1, and how many questions this one may have in common with each. */
  earlier?: readonly { form: number; items: readonly string[]; most: number }[];
  /** Where information is to be as large as possible; absent: any form will do. */
  mostInformationAt?: Ability;
  /** By item id: the form is to cost as little as possible. */
  costs?: ReadonlyMap<string, number>;
}

/**
 * The cells of a blueprint for a task; of passages only topic and kind of their questions, so that what is short for the
 * task is short for the blueprint too, and not the other way round.
 */
export function formCells(blueprint: Blueprint): FormCell[] {
  return placedCells(blueprint).map(({ cell }) => {
    const { id, count, points } = cell;
    if (isPassageCell(cell)) return { id, count, points, topic: cell.topic, kind: cell.kind };
    return isListCell(cell)
      ? { id, count, points, items: cell.items }
      : {
          id,
          count,
          points,
          topic: cell.topic,
          level: cell.level,
          kind: cell.kind,
          ...(cell.statements && { statements: cell.statements }),
        };
  });
}

/** Tells which items belong to a stratum. */
export function stratumFitter({
  topic,
  level,
  statements,
  kind,
  items,
}: Stratum): (item: PoolItem) => boolean {
  const listed = items && new Set(items);
  const fitsLevel = level && levelFitter({ level, ...(statements && { statements }) });
  return (item) =>
    item.kind !== 'description' &&
    (topic === undefined || item.topic === topic) &&
    (!fitsLevel || fitsLevel(item)) &&
    (kind === undefined || item.kind === kind) &&
    (!listed || listed.has(item.item));
}
