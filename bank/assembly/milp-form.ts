import type { BoundName, PoolItem } from '#bank/protocol';
import type { LinearModel, Row, Variable } from './milp-model.ts';
import { enemiesOfPlace, wholePassageRows } from './milp-passages.ts';
import {
  stratumFitter,
  type Ability,
  type Band,
  type FormCell,
  type FormTask,
  type SoftRow,
} from './milp-task.ts';
import { facilityOf } from '#bank/blueprint';

/** A question of a form and the cell it stands in. */
export interface Placed {
  item: PoolItem;
  cell: FormCell;
}

/** A task as a linear model, and what its first variables mean: one for each item in each cell that it fits. */
export interface FormModel {
  model: LinearModel;
  places: readonly Placed[];
}

/**
 * The model of one form: `x<n>` is 1 when an item stands in a cell, `p<n>` when a description is on the form. Exact
 * counts of cells, quotas, bands, each item once, one item of each set of enemies, descriptions, and overlap with
 * earlier forms are its rows.
 */
export function formModel(task: FormTask): FormModel {
  const places = placesOf(task);
  const variables: Variable[] = places.map(({ item }, index) => ({
    name: `x${index}`,
    cost: worthOf(task, item),
    upper: 1,
  }));
  const rows = [
    ...cellRows(task, places),
    ...onceRows(places),
    ...enemyRows(places),
    ...wholePassageRows(places),
    ...quotaRows(task, places),
    ...bandRows(task, places),
    ...passageRows(task, places, variables),
    ...overlapRows(task, places),
  ];
  return { model: { sense: 'maximise', variables, rows }, places };
}

/** What an item adds to the objective, which is to be as large as possible. */
function worthOf({ mostInformationAt, costs }: FormTask, item: PoolItem): number {
  const cost = costs?.get(item.item) ?? 0;
  return mostInformationAt === undefined ? -cost : informationAt(item, mostInformationAt) - cost;
}

/** The form that the values of a solved model stand for, cell by cell. */
export function formOf({ places }: FormModel, values: readonly number[]): Placed[] {
  return places.filter((_, index) => Math.round(values[index] ?? 0) === 1);
}

function placesOf({ pool, cells }: FormTask): Placed[] {
  const ids = new Set(pool.map(({ item }) => item));
  return cells.flatMap((cell) => {
    const broken = new Set(
      cell.passages?.flatMap(({ items }) => (items.every((item) => ids.has(item)) ? [] : items)),
    );
    const fits = stratumFitter(cell);
    return pool.filter((item) => fits(item) && !broken.has(item.item)).map((item) => ({ item, cell }));
  });
}

type Terms = [number, number][];

/** The places that `coefficient` does not give 0 for. */
function termsOf(places: readonly Placed[], coefficient: (place: Placed) => number): Terms {
  return places.flatMap((place, index): Terms => {
    const value = coefficient(place);
    return value === 0 ? [] : [[index, value]];
  });
}

function termsWhere(places: readonly Placed[], holds: (place: Placed) => boolean): Terms {
  return termsOf(places, (place) => (holds(place) ? 1 : 0));
}

/** Places by something that they have in common, in the order of their first. */
function groups(places: readonly Placed[], keysOf: (place: Placed) => readonly string[]): Map<string, Terms> {
  const found = new Map<string, Terms>();
  for (const [index, place] of places.entries()) {
    for (const key of keysOf(place)) {
      const known = found.get(key);
      if (known) known.push([index, 1]);
      else found.set(key, [[index, 1]]);
    }
  }
  return found;
}

function cellRows({ cells }: FormTask, places: readonly Placed[]): Row[] {
  return cells.map((cell, index) => ({
    name: `cell${index}`,
    terms: termsWhere(places, (place) => place.cell === cell),
    least: cell.count,
    most: cell.count,
  }));
}

/** An item that fits several cells stands in one of them at most. */
function onceRows(places: readonly Placed[]): Row[] {
  const byItem = [...groups(places, ({ item }) => [item.item]).values()];
  return atMostOne('once', byItem);
}

function enemyRows(places: readonly Placed[]): Row[] {
  return atMostOne('enemies', [...groups(places, enemiesOfPlace).values()]);
}

function atMostOne(name: string, sets: readonly Terms[]): Row[] {
  return sets
    .filter((terms) => terms.length > 1)
    .map((terms, index) => ({ name: `${name}${index}`, terms, least: null, most: 1 }));
}

function quotaRows({ quotas = [] }: FormTask, places: readonly Placed[]): Row[] {
  return quotas.map((quota, index) => {
    const fits = stratumFitter(quota);
    const terms = termsWhere(places, ({ item }) => fits(item));
    return { name: `quota${index}`, terms, least: quota.least, most: quota.most };
  });
}

const BANDS: Readonly<Record<Band['measure'], BoundName>> = {
  score: 'score',
  time: 'time',
  0: 'information-low',
  1: 'information-middle',
  2: 'information-high',
};

function bandRows({ bands = [] }: FormTask, places: readonly Placed[]): SoftRow[] {
  return bands.map(({ measure, least, most }, index) => ({
    name: `band${index}`,
    terms: termsOf(places, (place) => measured(measure, place)),
    least,
    most,
    softens: { bound: BANDS[measure] },
  }));
}

/** What a place adds to a measure. */
export function measured(measure: Band['measure'], { item, cell }: Placed): number {
  if (measure === 'score') return cell.points * facilityOf(item);
  return measure === 'time' ? (item.seconds ?? 0) : informationAt(item, measure);
}

function informationAt({ information = [] }: PoolItem, ability: Ability): number {
  return information[ability] ?? 0;
}

/** Adds a variable for each description: it is on the form exactly when questions of it are. */
function passageRows({ passages }: FormTask, places: readonly Placed[], variables: Variable[]): SoftRow[] {
  if (!passages) return [];
  const sets = [
    ...groups(places, ({ item }) => (item.stimulus === undefined ? [] : [item.stimulus])).values(),
  ];
  const first = variables.length;
  variables.push(...sets.map((_, index) => ({ name: `p${index}`, cost: 0, upper: 1 })));
  const { least, most } = passages.questions;
  return [
    {
      name: 'passages',
      terms: sets.map((_, index): [number, number] => [first + index, 1]),
      ...passages.passages,
      softens: { bound: 'passages' },
    },
    ...sets.flatMap((terms, index): SoftRow[] => {
      const softens = { bound: 'passage-questions' } as const;
      return [
        { name: `few${index}`, terms: [...terms, [first + index, -least]], least: 0, most: null, softens },
        { name: `many${index}`, terms: [...terms, [first + index, -most]], least: null, most: 0, softens },
      ];
    }),
  ];
}

function overlapRows({ earlier = [] }: FormTask, places: readonly Placed[]): SoftRow[] {
  return earlier.map(({ form, items, most }, index) => {
    const known = new Set(items);
    return {
      name: `overlap${index}`,
      terms: termsWhere(places, ({ item }) => known.has(item.item)),
      least: null,
      most,
      softens: { bound: 'overlap', form },
    };
  });
}
