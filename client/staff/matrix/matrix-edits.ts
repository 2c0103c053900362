import { CLUSTER_STATEMENTS } from '#bank/item';
import { LEVELS, LIMITS, type ItemKindName, type Level, type StrataReport } from '#bank/protocol';
import {
  columnKey,
  newPart,
  QUESTION_KINDS,
  USUAL_POINTS,
  type DraftCell,
  type DraftList,
  type DraftPart,
  type DraftPassages,
  type MatrixDraft,
} from './matrix-draft.ts';

/** Changes one part, found by its key. */
export function editPart(draft: MatrixDraft, key: string, edit: (part: DraftPart) => DraftPart): MatrixDraft {
  return { ...draft, parts: draft.parts.map((part) => (part.key === key ? edit(part) : part)) };
}

export function setCell(part: DraftPart, row: string, column: string, change: Partial<DraftCell>): DraftPart {
  return {
    ...part,
    rows: part.rows.map((one) => {
      if (one.key !== row) return one;
      const before = one.cells[column] ?? { count: 0, points: null };
      return { ...one, cells: { ...one.cells, [column]: { ...before, ...change } } };
    }),
  };
}

/** Asks for clusters by the levels of their statements; undefined asks by the level of the column again. */
export function setStatements(
  part: DraftPart,
  row: string,
  column: string,
  statements: Level[] | undefined,
): DraftPart {
  const { statements: _before, ...cell } = part.rows.find(({ key }) => key === row)?.cells[column] ?? {
    count: 0,
    points: null,
  };
  const changed = statements ? { ...cell, statements } : cell;
  return {
    ...part,
    rows: part.rows.map((one) =>
      one.key === row ? { ...one, cells: { ...one.cells, [column]: changed } } : one,
    ),
  };
}

/** Kinds are shown in their own order; one that is taken away takes its cells along. */
export function setKinds(part: DraftPart, kinds: readonly ItemKindName[]): DraftPart {
  const known = new Map(part.kinds.map((one) => [one.kind, one]));
  return {
    ...part,
    kinds: QUESTION_KINDS.filter((kind) => kinds.includes(kind)).map(
      (kind) => known.get(kind) ?? { kind, points: USUAL_POINTS[kind] },
    ),
    rows: part.rows.map((row) => ({
      ...row,
      cells: Object.fromEntries(
        Object.entries(row.cells).filter(([column]) => kinds.some((kind) => column.startsWith(`${kind}:`))),
      ),
    })),
  };
}

export function setKindPoints(part: DraftPart, kind: ItemKindName, points: number): DraftPart {
  return { ...part, kinds: part.kinds.map((one) => (one.kind === kind ? { kind, points } : one)) };
}

export function setList(part: DraftPart, key: string, change: Partial<DraftList>): DraftPart {
  return { ...part, lists: part.lists.map((list) => (list.key === key ? { ...list, ...change } : list)) };
}

export function setPassages(part: DraftPart, key: string, change: Partial<DraftPassages>): DraftPart {
  return { ...part, passages: part.passages.map((one) => (one.key === key ? { ...one, ...change } : one)) };
}

/** Of each level, so that a passage of all levels still fits on a paper. */
const MOST_OF_A_LEVEL = LIMITS.slotsPerPaper / LEVELS.length;

/** So many questions of this level in each passage, as far as a paper holds them; levels stay in their order. */
export function setLevelCount({ levels }: DraftPassages, level: Level, count: number): Level[] {
  return LEVELS.flatMap((one) => {
    const kept = levels.filter((other) => other === one);
    return one === level ? Array.from({ length: Math.min(count, MOST_OF_A_LEVEL) }, () => level) : kept;
  });
}

/** A key that nothing else in the draft has. */
export function freshKey(draft: MatrixDraft): string {
  const used = new Set(
    draft.parts.flatMap((part) => [part, ...part.passages, ...part.lists]).map(({ key }) => key),
  );
  let n = used.size;
  while (used.has(`n${n}`)) n++;
  return `n${n}`;
}

export function addPart(
  draft: MatrixDraft,
  title: string,
  kinds: readonly ItemKindName[],
  topics: readonly string[],
): MatrixDraft {
  return { ...draft, parts: [...draft.parts, newPart(freshKey(draft), title, kinds, topics)] };
}

/** How many items the bank has for a cell of the grid; `statements` are those that the cell asks for. */
type Stock = (topic: string, kind: ItemKindName, level: Level, statements?: readonly Level[]) => number;

export function stockOf({ strata }: StrataReport): Stock {
  return (topic, kind, level, statements) => {
    const wanted = statements && profileName(statements);
    return strata
      .filter((one) => one.topic === topic && one.kind === kind)
      .filter((one) => (wanted === undefined ? one.level === level : profileName(profileOf(one)) === wanted))
      .reduce((sum, { count }) => sum + count, 0);
  };
}

/** Levels of the statements of the clusters that the bank has for a topic, each profile once. */
export function profilesOf({ strata }: StrataReport, topic: string): Level[][] {
  const clusters = strata.filter((one) => one.kind === 'tfCluster' && one.topic === topic);
  return [...new Map(clusters.map((one) => [profileName(profileOf(one)), profileOf(one)])).values()];
}

function profileOf({ statements, level }: StrataReport['strata'][number]): Level[] {
  return statements ?? Array.from({ length: CLUSTER_STATEMENTS }, () => level);
}

/** Equal for the same levels in any order. */
export function profileName(statements: readonly Level[]): string {
  return LEVELS.flatMap((level) => {
    const count = statements.filter((one) => one === level).length;
    return count > 0 ? [`${count}${level}`] : [];
  }).join('+');
}

/** The levels that get a column: those that the bank has for this kind, and those already asked for. */
export function levelsOf(part: DraftPart, kind: ItemKindName, { strata }: StrataReport): Level[] {
  return LEVELS.filter((level) => {
    const column = columnKey(kind, level);
    return (
      strata.some((one) => one.kind === kind && one.level === level) ||
      part.rows.some(({ cells }) => (cells[column]?.count ?? 0) > 0)
    );
  });
}
