import { propose, type Dealt } from './deal.ts';
import type { Rng } from './rng.ts';
import type { Measure, Traits } from './traits.ts';
import { contains, excess } from './window.ts';

/** Exchanges that a paper outside the window may try in one pass. */
const TRIES = 32;
/** Passes before the bands are doubled. */
const PASSES = 16;
/** After so many doublings a band holds everything. */
const DOUBLINGS = 20;

/** What is counted about a paper. */
interface Sums {
  /** One for each measure. */
  values: readonly number[];
  /** Pairs of its items that may not stand together. */
  clashes: number;
}

/** Papers on which cards are exchanged. */
export interface Table {
  dealt: Dealt;
  traits: Traits;
  /** Of each measure: the bands are doubled while papers stay outside. */
  bands: number[];
  sums: Sums[];
}

export function tableOf(dealt: Dealt, traits: Traits): Table {
  const table: Table = { dealt, traits, bands: traits.measures.map(({ band }) => band), sums: [] };
  table.sums = Array.from({ length: dealt.papers }, (_, paper) => sumsOf(table, paper));
  return table;
}

/**
 * Papers outside the window exchange single cards with others, and with the stock, until all are inside. So equal
 * use of the items is kept to the card. An exchange is made when it leaves both with fewer clashes, or with as many
 * and nearer to the window. Changes what was dealt.
 *
 * @returns papers on which enemies stand; 0 when all went well
 */
export function settle(table: Table, rng: Rng): number {
  for (let pass = 1; ; pass++) {
    const bad = table.sums.flatMap((sums, paper) => (isGood(table, sums) ? [] : [paper]));
    if (bad.length === 0) return 0;
    if (pass > PASSES * (DOUBLINGS + 1)) break;
    if (pass > 1 && pass % PASSES === 1) table.bands = table.bands.map((band) => 2 * band);
    for (const paper of bad) improve(table, paper, rng);
  }
  return table.sums.filter(({ clashes }) => clashes > 0).length;
}

function improve(table: Table, paper: number, rng: Rng): void {
  const { dealt, traits, sums } = table;
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const mine = sums[paper];
    if (!mine || isGood(table, mine)) return;
    const proposal = propose(rng, dealt, traits);
    if (!proposal || proposal.other === paper) continue;
    const { column, other, at } = proposal;
    if (other === dealt.papers) exchangeWithStock(table, paper, column, at);
    else exchangeWithPaper(table, paper, column, other);
  }
}

function exchangeWithPaper(table: Table, paper: number, column: number, other: number): void {
  const { dealt, sums } = table;
  const [mine, theirs] = [sums[paper], sums[other]];
  if (!mine || !theirs) return;
  const given = cardOf(dealt, paper, column);
  const got = cardOf(dealt, other, column);
  if (given === got || holds(dealt, paper, got) || holds(dealt, other, given)) return;
  const mineThen = changed(table, paper, column, given, got, mine);
  const theirsThen = changed(table, other, column, got, given, theirs);
  if (!isBetter(table, [mineThen, theirsThen], [mine, theirs])) return;
  put(dealt, paper, column, got);
  put(dealt, other, column, given);
  sums[paper] = mineThen;
  sums[other] = theirsThen;
}

/** A card of the stock is one that was dealt once less; only a card dealt once more may go there for it. */
function exchangeWithStock(table: Table, paper: number, column: number, at: number): void {
  const { dealt, traits, sums } = table;
  const stock = dealt.stock[traits.columns[column]?.group ?? 0] ?? [];
  const [mine, got] = [sums[paper], stock[at]];
  const given = cardOf(dealt, paper, column);
  if (!mine || got === undefined || stock.includes(given) || holds(dealt, paper, got)) return;
  const then = changed(table, paper, column, given, got, mine);
  if (!isBetter(table, [then], [mine])) return;
  put(dealt, paper, column, got);
  stock[at] = given;
  sums[paper] = then;
}

function isBetter(table: Table, after: readonly Sums[], before: readonly Sums[]): boolean {
  const clashes = total(after, ({ clashes }) => clashes) - total(before, ({ clashes }) => clashes);
  const outside = (sums: Sums): number => outsideOf(table, sums);
  return clashes < 0 || (clashes === 0 && total(after, outside) < total(before, outside));
}

function total(list: readonly Sums[], of: (sums: Sums) => number): number {
  return list.reduce((sum, one) => sum + of(one), 0);
}

function outsideOf({ traits, bands }: Table, { values }: Sums): number {
  let sum = 0;
  for (const [at, measure] of traits.measures.entries())
    sum += measure.weight * excess(values[at] ?? 0, measure, bands[at] ?? 0);
  return sum;
}

export function isGood(table: Table, sums: Sums): boolean {
  return sums.clashes === 0 && outsideOf(table, sums) === 0;
}

/** Whether papers stayed outside a target, which no doubling widens. */
export function isOffTarget({ traits, sums }: Table): boolean {
  return traits.measures.some(
    ({ target }, at) => target && sums.some(({ values }) => !contains(target, values[at] ?? 0)),
  );
}

function sumsOf({ dealt, traits }: Table, paper: number): Sums {
  const items = traits.columns.map((_, column) => cardOf(dealt, paper, column));
  const values = traits.measures.map((measure) =>
    items.reduce((sum, item, column) => sum + valueOf(traits, measure, column, item), 0),
  );
  const clashes = items.reduce((sum, item, at) => sum + clashesWith(dealt, traits, paper, at, item), 0);
  return { values, clashes: clashes / 2 };
}

function valueOf({ columns }: Traits, { values, byPoints }: Measure, column: number, item: number): number {
  return (byPoints ? (columns[column]?.cell.points ?? 0) : 1) * (values[item] ?? 0);
}

export function changed(
  table: Table,
  paper: number,
  column: number,
  given: number,
  got: number,
  now: Sums,
): Sums {
  const { dealt, traits } = table;
  return {
    values: traits.measures.map(
      (measure, at) =>
        (now.values[at] ?? 0) +
        valueOf(traits, measure, column, got) -
        valueOf(traits, measure, column, given),
    ),
    clashes:
      now.clashes +
      clashesWith(dealt, traits, paper, column, got) -
      clashesWith(dealt, traits, paper, column, given),
  };
}

/** Enemies that an item would have on a paper if it stood in this column. */
function clashesWith(dealt: Dealt, { enemies }: Traits, paper: number, column: number, item: number): number {
  const sets = enemies[item];
  if (!sets || sets.length === 0) return 0;
  let count = 0;
  for (let at = 0; at < dealt.width; at++) {
    if (at === column) continue;
    if (enemies[cardOf(dealt, paper, at)]?.some((set) => sets.includes(set))) count++;
  }
  return count;
}

export function holds(dealt: Dealt, paper: number, item: number): boolean {
  const start = paper * dealt.width;
  return dealt.cards.subarray(start, start + dealt.width).includes(item);
}

export function cardOf({ cards, width }: Dealt, paper: number, column: number): number {
  return cards[paper * width + column] ?? 0;
}

export function put({ cards, width }: Dealt, paper: number, column: number, item: number): void {
  cards[paper * width + column] = item;
}
