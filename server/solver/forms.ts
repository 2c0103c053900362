import {
  formModel,
  formOf,
  type FormSeries,
  type FormTask,
  type Placed,
  type Shortage,
} from '#bank/assembly';
import { DomainError } from '#bank/protocol';
import { boundRefusal, findBounds } from './bounds.ts';
import { findShortage } from './shortage.ts';
import { solveModel } from './solver.ts';
import type { Watch } from './thread.ts';

/** Series that are begun anew with other costs, when earlier forms have used up what a later one needs. */
const SEARCHES = 4;
/** After so many doublings a band holds everything. */
const DOUBLINGS = 20;
/** Thousandths by which a form may cost more than the cheapest: costs are chance, and nobody wants the least of them. */
const GAP = 50;

/** Forms that satisfy every rule, and how often the bands were doubled for it. */
export interface SolvedForms {
  forms: Placed[][];
  doublings: number;
}

/** What is told of a series while it lasts. */
export interface SeriesWatch extends Watch {
  /** So many forms are made. */
  made?: (forms: number) => void;
}

/**
 * Makes forms one after the other, each satisfying all of its rows; what the earlier ones hold is a row of the next. The
 * same series gives the same forms: where the time of one runs out, none is used.
 *
 * @param secondsEach for each form and each width of the bands
 * @throws DomainError `form-shortage` naming what is short, `form-bound` naming what cannot be kept of bands,
 * descriptions and overlaps, and by how much, `form-time` when one was not found in time; the reason of the signal
 */
export async function assembleForms(
  series: FormSeries,
  secondsEach: number,
  watch: SeriesWatch = {},
): Promise<SolvedForms> {
  for (let search = 0; ; search++) {
    const state: Search = { series, secondsEach, watch, forms: [], uses: new Map(), doublings: 0 };
    const failed = await makeAll(state, search);
    if (!failed) return { forms: state.forms, doublings: state.doublings };
    if (state.forms.length === 0 || search + 1 === SEARCHES)
      throw await refusal(failed, state.forms.length + 1, watch);
  }
}

/** A series as far as it has come. */
interface Search {
  series: FormSeries;
  secondsEach: number;
  watch: SeriesWatch;
  forms: Placed[][];
  /** Forms that each item stands on. */
  uses: Map<string, number>;
  doublings: number;
}

/** The task of the form that cannot be made; null when all were. */
async function makeAll(search: Search, number: number): Promise<FormTask | null> {
  const { series, watch, forms, uses } = search;
  const chances = series.costsOf(number);
  while (forms.length < series.forms) {
    const task = taskOf(search, chances.next().value);
    const form = await makeOne(search, task);
    if (!form) return { ...task, bands: series.bandsAt(DOUBLINGS) };
    forms.push(form);
    for (const { item } of form) uses.set(item.item, (uses.get(item.item) ?? 0) + 1);
    watch.made?.(forms.length);
  }
  return null;
}

/** What the next form is to be: without items that are used up, and rather with those that were used less. */
function taskOf({ series, forms, uses }: Search, chance: ReadonlyMap<string, number>): FormTask {
  const { task, limitOf, maxUses, costOfUse } = series;
  const usesOf = (item: string): number => uses.get(item) ?? 0;
  return {
    ...task,
    pool: task.pool.filter(({ item }) => usesOf(item) < maxUses),
    costs: new Map([...chance].map(([item, cost]) => [item, cost + costOfUse * usesOf(item)])),
    earlier: forms.flatMap((form, at) => {
      const most = limitOf(at, forms.length);
      return most === Infinity ? [] : [{ form: at + 1, items: form.map(({ item }) => item.item), most }];
    }),
  };
}

/** Doubles the bands, for this form and all later ones, where they are what keeps it from being made. */
async function makeOne(search: Search, task: FormTask): Promise<Placed[] | null> {
  const tried = await solveOne(search, task, search.doublings);
  if (tried || !(await solveOne(search, task, DOUBLINGS))) return tried;
  for (;;) {
    const form = await solveOne(search, task, ++search.doublings);
    if (form) return form;
  }
}

async function solveOne(
  { series, secondsEach, watch, forms }: Search,
  task: FormTask,
  doublings: number,
): Promise<Placed[] | null> {
  const form = formModel({ ...task, bands: series.bandsAt(doublings) });
  const gap = task.mostInformationAt === undefined ? GAP : 0;
  const solution = await solveModel(form.model, secondsEach, watch, gap);
  if (solution === 'infeasible') return null;
  if (solution === 'nothing' || !solution.isOptimal)
    throw new DomainError('form-time', 409, { form: forms.length + 1 });
  return formOf(form, solution.values);
}

async function refusal(task: FormTask, form: number, watch: Watch): Promise<DomainError> {
  const shortage = await findShortage(task, watch);
  if (shortage.total > 0) return shortOf(shortage, form);
  return boundRefusal(await findBounds(task, form, watch), form);
}

function shortOf({ total, cells: [cell], quotas: [quota] }: Shortage, form: number): DomainError {
  return new DomainError('form-shortage', 409, {
    form,
    missing: total,
    where: cell?.cell ?? quota?.quota ?? '',
  });
}
