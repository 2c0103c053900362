import { isListCell, isPassageCell, passageCount, totalPoints } from '#bank/blueprint';
import {
  ITEM_KINDS,
  LEVELS,
  type Blueprint,
  type Cell,
  type ItemKindName,
  type Level,
  type MatrixCell,
} from '#bank/protocol';

/** One cell of the editor; `points` null takes the points of its kind in this part. Hundredths. */
export interface DraftCell {
  count: number;
  points: number | null;
  /** Levels of the statements, of a cluster that is asked for by them. */
  statements?: Level[];
  /** How many of them a candidate answers, where it is not all. */
  answer?: number;
}

/** "So many questions from these": the simple form. */
export interface DraftList {
  key: string;
  count: number;
  points: number;
  items: readonly string[];
  answer?: number;
}

/** "So many whole passages": descriptions with one question of each of these levels. */
export interface DraftPassages {
  key: string;
  /** How many descriptions. */
  passages: number;
  points: number;
  topic: string;
  kind: ItemKindName;
  levels: readonly Level[];
}

interface DraftKind {
  kind: ItemKindName;
  points: number;
}

/** A row of one topic. A topic stands in two rows where a blueprint has two cells of one stratum. */
export interface DraftRow {
  key: string;
  topic: string;
  cells: Readonly<Record<string, DraftCell>>;
}

export interface DraftPart {
  key: string;
  title: string;
  /** Branch that it belongs to. */
  branch?: string;
  kinds: readonly DraftKind[];
  rows: readonly DraftRow[];
  passages: readonly DraftPassages[];
  lists: readonly DraftList[];
}

export type MatrixHead = Omit<Blueprint, 'parts'>;

/** The matrix while it is being made: a grid of topics by kind and level for each part. */
export interface MatrixDraft {
  parts: readonly DraftPart[];
  /** What stands beside the cells: format, rows, scale, branches, targets. */
  head: MatrixHead;
  /** What the paper is declared to be worth, in hundredths. */
  total: number;
}

export const TEN_POINTS = 1_000;

/** Kinds that take points, in the order of columns. */
export const QUESTION_KINDS = ITEM_KINDS.filter((kind) => kind !== 'description');

/** Points of a question of each kind in the graduation exam from 2025, and what is usual for the others. */
export const USUAL_POINTS: Record<ItemKindName, number> = {
  choice: 25,
  multiple: 50,
  tfCluster: 100,
  numeric: 50,
  shortText: 50,
  matching: 100,
  ordering: 50,
  cloze: 100,
  gapMatch: 100,
  hotText: 50,
  hotspot: 50,
  essay: 200,
  description: 0,
};

export function columnKey(kind: ItemKindName, level: Level): string {
  return `${kind}:${level}`;
}

/** Keys are only for the page: which part or row is which while they move. */
export function newPart(
  key: string,
  title: string,
  kinds: readonly ItemKindName[],
  topics: readonly string[],
): DraftPart {
  return {
    key,
    title,
    kinds: kinds.map((kind) => ({ kind, points: USUAL_POINTS[kind] })),
    rows: topics.map((topic) => ({ key: `${key}/${topic}`, topic, cells: {} })),
    passages: [],
    lists: [],
  };
}

/** The editor's form of a blueprint; topics of the bank without a cell get an empty row. */
export function toDraft(blueprint: Blueprint, topics: readonly string[]): MatrixDraft {
  const { parts, ...head } = blueprint;
  return {
    parts: parts.map(({ title, cells, branch }, index) => ({
      ...partOf(`p${index}`, title, cells, topics),
      ...(branch !== undefined && { branch }),
    })),
    head,
    total: totalPoints(blueprint),
  };
}

function partOf(key: string, title: string, cells: readonly Cell[], topics: readonly string[]): DraftPart {
  const grid = cells.filter((cell): cell is MatrixCell => !isListCell(cell) && !isPassageCell(cell));
  const kinds = QUESTION_KINDS.filter((kind) => grid.some((cell) => cell.kind === kind)).map((kind) => ({
    kind,
    points: grid.find((cell) => cell.kind === kind)?.points ?? USUAL_POINTS[kind],
  }));
  const used = [...new Set([...topics, ...grid.map(({ topic }) => topic)])];
  const rows: { key: string; topic: string; cells: Record<string, DraftCell> }[] = used.map((topic) => ({
    key: `${key}/${topic}`,
    topic,
    cells: {},
  }));
  for (const { topic, kind, level, count, points, statements, answer } of grid) {
    const column = columnKey(kind, level);
    const usual = kinds.find((one) => one.kind === kind)?.points;
    let row = rows.find((one) => one.topic === topic && one.cells[column] === undefined);
    if (!row) {
      row = { key: `${key}/${topic}/${rows.length}`, topic, cells: {} };
      rows.splice(rows.map((one) => one.topic).lastIndexOf(topic) + 1, 0, row);
    }
    row.cells[column] = {
      count,
      points: points === usual ? null : points,
      ...(statements && { statements }),
      ...(answer !== undefined && { answer }),
    };
  }
  const lists = cells.filter(isListCell).map(({ id, ...list }) => ({ key: `${key}/${id}`, ...list }));
  const passages = cells.filter(isPassageCell).map((cell): DraftPassages => {
    const { id, points, topic, kind, passage } = cell;
    return {
      key: `${key}/${id}`,
      passages: passageCount(cell),
      points,
      topic,
      kind,
      levels: passage.levels,
    };
  });
  return { key, title, kinds, rows, passages, lists };
}

/** A cell with where it stands and the id under which messages name it. */
export interface PlacedDraft {
  part: number;
  /** Of the row, the passages or the list in its part. */
  place: string;
  /** Of the column; null for passages and lists. */
  column: string | null;
  cell: Cell;
}

/**
 * Every cell that asks for questions, in the order of the paper: by part, then kind, topic and level, passages and lists
 * last.
 * Ids are counted, `I.1`, `I.2`, … in each part.
 */
export function placedDrafts({ parts }: MatrixDraft): PlacedDraft[] {
  return parts.flatMap((part, index) => {
    const grid = part.kinds.flatMap(({ kind, points: usual }) =>
      part.rows.flatMap(({ key, topic, cells }) =>
        LEVELS.flatMap((level) => {
          const column = columnKey(kind, level);
          const cell = cells[column];
          if (!cell || cell.count === 0) return [];
          const points = cell.points ?? usual;
          return [{ place: key, column, cell: { ...cell, points, topic, level, kind } }];
        }),
      ),
    );
    const lists = part.lists
      .filter(({ count }) => count > 0)
      .map(({ key, items, ...list }) => ({ place: key, column: null, cell: { ...list, items: [...items] } }));
    const passages = part.passages
      .filter((one) => one.passages > 0 && one.levels.length > 0)
      .map(({ key, passages: count, levels, ...rest }) => ({
        place: key,
        column: null,
        cell: { ...rest, count: count * levels.length, passage: { levels: [...levels] } },
      }));
    return [...grid, ...passages, ...lists].map(({ cell, ...where }, order) => ({
      part: index,
      ...where,
      cell: { id: `${roman(index + 1)}.${order + 1}`, ...cell },
    }));
  });
}

/** Whether there is something to send: at least one cell, and no list that nothing was picked for. */
export function isSendable(draft: MatrixDraft): boolean {
  const placed = placedDrafts(draft);
  return placed.length > 0 && placed.every(({ cell }) => !isListCell(cell) || cell.items.length > 0);
}

/** What is sent; parts without a cell stay out. */
export function toBlueprint(draft: MatrixDraft): Blueprint {
  const placed = placedDrafts(draft);
  const parts = draft.parts.map(({ title, branch }, index) => ({
    title,
    ...(branch !== undefined && { branch }),
    cells: placed.filter(({ part }) => part === index).map(({ cell }) => cell),
  }));
  return { ...draft.head, parts: parts.filter(({ cells }) => cells.length > 0) };
}

export function roman(number: number): string {
  const steps: [number, string][] = [
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let rest = number;
  return steps
    .map(([value, letters]) => {
      const times = Math.floor(rest / value);
      rest -= times * value;
      return letters.repeat(times);
    })
    .join('');
}
