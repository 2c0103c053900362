import type { PoolItem } from '#bank/protocol';
import type { LinearModel, Row, Variable } from './milp-model.ts';
import { stratumFitter, type FormTask, type Stratum } from './milp-task.ts';

/** Items that fit the same cells and quotas and have the same enemies are alike here. */
interface ItemClass {
  cells: readonly number[];
  quotas: readonly number[];
  enemies: readonly string[];
  size: number;
}

/** What a cell cannot get. */
export interface CellShortage {
  cell: string;
  need: number;
  /** Items that fit it, whether or not others want them too. */
  have: number;
  missing: number;
  /** Sets of enemies that keep items of it out because one of the set is used, and how many they keep out. */
  blocked: { set: string; items: number }[];
  /** Other cells that use items which would fit this one. */
  rivals: string[];
}

/** What a quota is short of, or holds too much of, when the rest is filled as far as possible. */
export interface QuotaShortage {
  quota: string;
  missing: number;
  surplus: number;
}

/** The smallest relaxation that lets a form be made; `total` is 0 when one can be made as it is. */
export interface Shortage {
  total: number;
  cells: CellShortage[];
  quotas: QuotaShortage[];
}

/** A model of the smallest relaxation, and how its solution is read. */
export interface ElasticModel {
  model: LinearModel;
  /** @param values of the variables of an optimum, in their order */
  read(values: readonly number[]): Shortage;
}

/**
 * The elastic model of a task: every cell and quota may miss its count, and the sum of what is missed is to be as small
 * as possible. Items that are alike are counted, not told apart, so that it stays small for a large bank. Bands,
 * descriptions and overlaps are not asked: what is short is short without them too, and `elasticBounds` asks them.
 */
export function elasticModel(task: FormTask): ElasticModel {
  const { cells, quotas = [] } = task;
  const classes = itemClasses(task);
  const uses = classes.flatMap((one, index) => one.cells.map((cell) => ({ of: index, cell })));
  const variables: Variable[] = uses.map(({ of }, index) => ({
    name: `n${index}`,
    cost: 0,
    upper: classes[of]?.size ?? 0,
  }));
  const slack = (name: string, upper: number, cost: number): number =>
    variables.push({ name, cost, upper }) - 1;
  const cheaper = laterIsCheaper(cells);
  const missed = cells.map(({ count }, index) => slack(`s${index}`, count, 1 - index * cheaper));
  const under = quotas.map(({ least }, index) => slack(`u${index}`, least, 1));
  const total = cells.reduce((sum, { count }) => sum + count, 0);
  const over = quotas.map((_, index) => slack(`o${index}`, total, 1));
  const terms = (holds: (one: ItemClass, cell: number) => boolean): [number, number][] =>
    uses.flatMap(({ of, cell }, index): [number, number][] =>
      holds(classes[of] as ItemClass, cell) ? [[index, 1]] : [],
    );
  const ofClass = usesBy(uses, ({ of }) => [of]);
  const ofSet = usesBy(uses, ({ of }) => classes[of]?.enemies ?? []);
  const rows: Row[] = [
    ...cells.map(({ count }, at) => ({
      name: `cell${at}`,
      terms: [...terms((_, cell) => cell === at), [missed[at] ?? 0, 1] as const],
      least: count,
      most: count,
    })),
    ...classes.flatMap((one, at) =>
      one.cells.length < 2
        ? []
        : [{ name: `class${at}`, terms: ofClass.get(at) ?? [], least: null, most: one.size }],
    ),
    ...[...ofSet.values()].map((of, at) => ({ name: `enemies${at}`, terms: of, least: null, most: 1 })),
    ...quotas.flatMap(({ least, most }, at) => {
      const inside = terms((one) => one.quotas.includes(at));
      return [
        { name: `least${at}`, terms: [...inside, [under[at] ?? 0, 1] as const], least, most: null },
        { name: `most${at}`, terms: [...inside, [over[at] ?? 0, -1] as const], least: null, most },
      ];
    }),
  ];
  const read = (values: readonly number[]): Shortage => {
    const whole = (variable: number | undefined): number => Math.round(values[variable ?? -1] ?? 0);
    const short = cells.map((_, at) => whole(missed[at]));
    const quotaShort = quotas.flatMap(({ id }, at): QuotaShortage[] => {
      const one = { quota: id, missing: whole(under[at]), surplus: whole(over[at]) };
      return one.missing + one.surplus > 0 ? [one] : [];
    });
    const used = uses.map((use, index) => ({ ...use, count: whole(index) }));
    return {
      total: [...short, ...quotaShort.flatMap((one) => [one.missing, one.surplus])].reduce(
        (a, b) => a + b,
        0,
      ),
      cells: short.flatMap((missing, at) =>
        missing > 0 ? [{ ...reasons(task, classes, used, at), missing }] : [],
      ),
      quotas: quotaShort,
    };
  };
  return { model: { sense: 'minimise', variables, rows }, read };
}

/** The uses by something that they have in common, each once, in the order of their first. */
function usesBy<Key>(
  uses: readonly Pick<Use, 'of'>[],
  keysOf: (use: Pick<Use, 'of'>) => readonly Key[],
): Map<Key, [number, number][]> {
  const found = new Map<Key, [number, number][]>();
  for (const [index, use] of uses.entries()) {
    for (const key of keysOf(use)) {
      const known = found.get(key);
      if (known) known.push([index, 1]);
      else found.set(key, [[index, 1]]);
    }
  }
  return found;
}

/**
 * So little less counts what a later cell lacks, that of the smallest relaxations the one is found whose shortages
 * stand last: then the cell that is named is that which came on top of a blueprint that could be filled. All of these
 * differences together are less than one item.
 */
function laterIsCheaper(cells: FormTask['cells']): number {
  const wanted = cells.reduce((sum, { count }) => sum + count, 0);
  return 1 / (2 * Math.max(1, wanted) * cells.length);
}

interface Use {
  /** Index of the class. */
  of: number;
  cell: number;
  count: number;
}

/** Why a cell gets no more of the items that fit it. */
function reasons(
  { cells }: FormTask,
  classes: readonly ItemClass[],
  used: readonly Use[],
  at: number,
): Omit<CellShortage, 'missing'> {
  const counts = new Map<number, number>();
  for (const { of, count } of used) counts.set(of, (counts.get(of) ?? 0) + count);
  const taken = new Set(used.flatMap(({ of, count }) => (count > 0 ? (classes[of]?.enemies ?? []) : [])));
  const blocked = new Map<string, number>();
  for (const [of, { cells: fitting, enemies, size }] of classes.entries()) {
    const set = fitting.includes(at) ? enemies.find((one) => taken.has(one)) : undefined;
    const left = size - (counts.get(of) ?? 0);
    if (set !== undefined && left > 0) blocked.set(set, (blocked.get(set) ?? 0) + left);
  }
  const rivals = used.filter(
    ({ of, cell, count }) => count > 0 && cell !== at && classes[of]?.cells.includes(at),
  );
  return {
    cell: cells[at]?.id ?? '',
    need: cells[at]?.count ?? 0,
    have: classes.reduce((sum, one) => (one.cells.includes(at) ? sum + one.size : sum), 0),
    blocked: [...blocked].map(([set, items]) => ({ set, items })),
    rivals: [...new Set(rivals.map(({ cell }) => cells[cell]?.id ?? ''))],
  };
}

function itemClasses({ pool, cells, quotas = [] }: FormTask): ItemClass[] {
  const [cellsOf, quotasOf] = [matching(cells), matching(quotas)];
  const classes = new Map<string, ItemClass>();
  for (const item of pool) {
    const fitting = cellsOf(item);
    if (fitting.length === 0) continue;
    const enemies = [...(item.enemies ?? [])].sort();
    const within = quotasOf(item);
    const key = `${fitting.join()};${within.join()};${enemies.join('\0')}`;
    const known = classes.get(key);
    if (known) known.size++;
    else classes.set(key, { cells: fitting, quotas: within, enemies, size: 1 });
  }
  return [...classes.values()];
}

/** The numbers of the strata that an item belongs to; items of one topic, level and kind are asked for once. */
function matching(strata: readonly Stratum[]): (item: PoolItem) => readonly number[] {
  const fitters = strata.map((stratum) => ({ fits: stratumFitter(stratum), isList: !!stratum.items }));
  const asked = new Map<string, readonly number[]>();
  const numbers = (item: PoolItem, lists: boolean): number[] =>
    fitters.flatMap(({ fits, isList }, index) => (isList === lists && fits(item) ? [index] : []));
  const hasLists = fitters.some(({ isList }) => isList);
  return (item) => {
    const { topic, level, kind, statementLevels } = item;
    const alike = `${level} ${kind} ${statementLevels?.join() ?? ''} ${topic}`;
    const known = asked.get(alike) ?? numbers(item, false);
    asked.set(alike, known);
    return hasLists ? [...known, ...numbers(item, true)].sort((a, b) => a - b) : known;
  };
}
