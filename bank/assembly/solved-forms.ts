import { contest, questionCount } from '#bank/blueprint';
import { DomainError, type Blueprint } from '#bank/protocol';
import { questionColumns } from './deal-cards.ts';
import { formLimits, type FormRules } from './forms.ts';
import type { Placed } from './milp-form.ts';
import { formCells, type Band, type FormCell, type FormTask, type WholePassage } from './milp-task.ts';
import type { LimitOf } from './overlap.ts';
import type { DrawGroup, DrawPlan } from './plan.ts';
import { below } from './rng.ts';
import { paperStream, solvedSeed } from './seeds.ts';
import { traitsOf, type Measure } from './traits.ts';
import { questionsOf, settlePassages } from './units.ts';
import { windowOf } from './window.ts';

/** Costs drawn for items lie below this; one form that an item stands on already costs as much. */
const CHANCE = 16;

/** Forms to be found by a solver, one after the other. */
export interface FormSeries {
  task: Omit<FormTask, 'earlier' | 'bands' | 'costs'>;
  forms: number;
  /** Questions that two of them may have in common; Infinity where nothing limits them. */
  limitOf: LimitOf;
  /** Forms that one question may stand on. */
  maxUses: number;
  /** What every form keeps within when the bands were doubled so often; a target is never widened. */
  bandsAt(doublings: number): Band[];
  /** What the items cost on each form of a search: chance, which nobody chose. */
  costsOf(search: number): Generator<ReadonlyMap<string, number>, never>;
  /** What an item costs besides for each form that it stands on already. */
  costOfUse: number;
}

/**
 * Parallel forms of any blueprint, its cells sharing items or not, as a series for the solver: held to the same rules as
 * forms that were searched for, but that equal use is only preferred.
 *
 * @param seed seed of the exam
 * @throws DomainError `forms-uses` with the cells whose items would stand on too many forms
 */
export function formSeries(
  blueprint: Blueprint,
  unsettled: DrawPlan,
  seed: Uint8Array,
  exam: string,
  rules: FormRules,
): FormSeries {
  const plan = settlePassages(unsettled, seed, exam);
  const { measures, items } = traitsOf(plan, true);
  const forms = rules.count + rules.spare;
  requireCapacity(plan, forms, rules.maxUses);
  const pool = items.filter(({ kind }) => kind !== 'description');
  return {
    task: { pool, cells: cellsOf(blueprint, plan) },
    forms,
    limitOf: formLimits(rules, questionCount(blueprint)),
    maxUses: rules.maxUses,
    bandsAt: (doublings) => bandsOf(measures, doublings),
    *costsOf(search) {
      const secret = solvedSeed(seed, exam, search);
      const rng = paperStream(secret, 'costs');
      secret.fill(0);
      for (;;) yield new Map(pool.map(({ item }) => [item, below(rng, CHANCE)]));
    },
    costOfUse: CHANCE,
  };
}

/** The cells of the blueprint, those of passages with the questions that were fixed for them. */
function cellsOf(blueprint: Blueprint, { groups }: DrawPlan): FormCell[] {
  const passages = new Map(
    groups.flatMap((group) => group.cells.map(({ cell }) => [cell.id, wholePassages(group)] as const)),
  );
  return formCells(blueprint).map((cell) => {
    const whole = passages.get(cell.id);
    if (!whole) return cell;
    const { id, count, points } = cell;
    return { id, count, points, items: whole.flatMap(({ items }) => items), passages: whole };
  });
}

function wholePassages(group: DrawGroup): WholePassage[] | null {
  if (!group.passages) return null;
  return group.pool.map((description) => ({
    description: description.item,
    enemies: description.enemies ?? [],
    items: questionsOf(group, description).map(({ item }) => item),
  }));
}

/** What some item does not tell is 0 on every form, and so decides nothing. */
function bandsOf(measures: readonly Measure[], doublings: number): Band[] {
  let ability = 0;
  return measures.flatMap((measure): Band[] => {
    const name = measure.name === 'information' ? (ability++ as 0 | 1 | 2) : measure.name;
    if (measure.values.every((value) => value === 0)) return [];
    return [{ measure: name, ...windowOf(measure, measure.band * 2 ** doublings) }];
  });
}

/** Solved forms as cards, in the columns of the plan. */
export function cardsOf(plan: DrawPlan, forms: readonly (readonly Placed[])[]): Int32Array {
  const { columns } = questionColumns(plan);
  const cards = new Int32Array(forms.length * columns.length);
  forms.forEach((form, row) => {
    const left = new Map<string, Placed[]>();
    for (const placed of form) left.set(placed.cell.id, [...(left.get(placed.cell.id) ?? []), placed]);
    columns.forEach(({ cell }, column) => {
      const placed = left.get(cell.id)?.shift();
      if (!placed) throw new Error('a solved form does not fill its blueprint');
      cards[row * columns.length + column] = plan.rank.get(placed.item) ?? -1;
    });
  });
  return cards;
}

/** Whether the items of cells that share some last for all forms, each used so often at most. */
function requireCapacity(plan: DrawPlan, forms: number, most: number): void {
  const short = shortGroups(plan, forms, most);
  if (short.length === 0) return;
  let [tooFew, uses] = [most, forms];
  while (uses - tooFew > 1) {
    const middle = Math.floor((tooFew + uses) / 2);
    if (shortGroups(plan, forms, middle).length === 0) uses = middle;
    else tooFew = middle;
  }
  const cells = short.flatMap((group) => plan.groups[group]?.cells.map(({ cell }) => cell.id) ?? []);
  throw new DomainError('forms-uses', 409, { cells: cells.join(', '), uses, most });
}

/** Groups that get too few items when each may be used so often, with those that use what they lack. */
function shortGroups({ groups }: DrawPlan, forms: number, uses: number): number[] {
  const wanting = new Map<string, number[]>();
  groups.forEach(({ pool }, group) => {
    for (const { item } of pool) wanting.set(item, [...(wanting.get(item) ?? []), group]);
  });
  const classes = new Map<string, { cells: number[]; size: number }>();
  for (const cells of wanting.values()) {
    const known = classes.get(cells.join());
    if (known) known.size += uses;
    else classes.set(cells.join(), { cells, size: uses });
  }
  const got = contest(
    groups.map(({ count }) => forms * count),
    [...classes.values()],
  );
  const short = got.flatMap(({ missing, rivals }, group) => (missing > 0 ? [group, ...rivals] : []));
  return [...new Set(short)].sort((a, b) => a - b);
}
