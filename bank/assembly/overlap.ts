import { cardOf, changed, holds, isGood, put, type Table } from './exchange.ts';
import { below, type Rng } from './rng.ts';

/** Exchanges that are tried before the rest of an overlap counts as out of reach. */
const TRIES = 60_000;
/** How often the same pairs are gone through before all of them are counted again, which takes long with many forms. */
const ROUNDS = 64;

/** Questions that two forms may have in common; Infinity where nothing limits them. */
export type LimitOf = (one: number, other: number) => number;

/** How many questions every two forms have in common, and which forms hold an item. */
interface Commons {
  forms: number;
  /** Form × form. */
  counts: Int16Array;
  /** Questions that each card brings. */
  sizes: readonly number[];
  holders: Set<number>[];
}

/**
 * Forms with too many questions in common exchange single cards with others, and with the stock, without leaving the
 * window; so equal use of the items is kept. An exchange that takes nothing away is made as well as one that does, so
 * that the search does not end in the first hollow. Changes the dealt cards.
 *
 * @returns what two forms have in common above their limit, at most; 0 when all went well
 */
export function part(table: Table, limitOf: LimitOf, rng: Rng): number {
  const commons = countCommons(table);
  let pairs = pairsAbove(commons, limitOf);
  for (let tries = 0; pairs.length > 0 && tries < TRIES;) {
    for (const [one, other] of repeated(pairs, ROUNDS)) {
      if (commonOf(commons, one, other) <= limitOf(one, other)) continue;
      if (tries++ === TRIES) break;
      const form = below(rng, 2) === 0 ? one : other;
      exchangeOne(table, commons, limitOf, form, rng);
    }
    pairs = pairsAbove(commons, limitOf);
  }
  return pairs.reduce((most, [a, b]) => Math.max(most, commonOf(commons, a, b) - limitOf(a, b)), 0);
}

function* repeated<T>(list: readonly T[], times: number): Generator<T, void> {
  for (let round = 0; round < times; round++) yield* list;
}

/** Most questions that two forms of those that are limited have in common. */
export function largestOverlap(table: Pick<Table, 'dealt' | 'traits'>, limitOf: LimitOf): number {
  const commons = countCommons(table);
  let most = 0;
  for (let one = 0; one < commons.forms; one++)
    for (let other = one + 1; other < commons.forms; other++)
      if (limitOf(one, other) < Infinity) most = Math.max(most, commonOf(commons, one, other));
  return most;
}

function exchangeOne(table: Table, commons: Commons, limitOf: LimitOf, form: number, rng: Rng): void {
  const { dealt, traits } = table;
  const column = below(rng, dealt.width);
  const partner = below(rng, dealt.papers + 1);
  const stock = dealt.stock[traits.columns[column]?.group ?? 0] ?? [];
  const isStock = partner === dealt.papers;
  if (partner === form || (isStock && stock.length === 0)) return;
  const at = isStock ? below(rng, stock.length) : 0;
  const given = cardOf(dealt, form, column);
  const got = isStock ? (stock[at] ?? given) : cardOf(dealt, partner, column);
  if (given === got || holds(dealt, form, got)) return;
  if (isStock ? stock.includes(given) : holds(dealt, partner, given)) return;
  const moves = [{ form, given, got }, ...(isStock ? [] : [{ form: partner, given: got, got: given }])];
  const sums = moves.map((move) => {
    const now = table.sums[move.form];
    return now && changed(table, move.form, column, move.given, move.got, now);
  });
  if (!sums.every((one) => one && isGood(table, one))) return;
  if (moves.reduce((sum, move) => sum + addedAbove(commons, limitOf, move, moves), 0) > 0) return;
  for (const [index, move] of moves.entries()) {
    put(dealt, move.form, column, move.got);
    const then = sums[index];
    if (then) table.sums[move.form] = then;
    count(commons, move.form, move.given, -1);
    count(commons, move.form, move.got, 1);
  }
  if (isStock) stock[at] = given;
}

interface Move {
  form: number;
  given: number;
  got: number;
}

/** By how much one move takes all pairs of its form further above their limits. The two forms of an exchange stay alike. */
function addedAbove(
  { forms, counts, sizes, holders }: Commons,
  limitOf: LimitOf,
  { form, given, got }: Move,
  moves: readonly Move[],
): number {
  let added = 0;
  const isMoving = (other: number): boolean => moves.some((move) => move.form === other);
  const step = (other: number, sign: 1 | -1, both: boolean): void => {
    if (both || isMoving(other)) return;
    const by = sign * (sizes[given] ?? 1);
    const now = counts[form * forms + other] ?? 0;
    const limit = limitOf(form, other);
    added += Math.max(0, now + by - limit) - Math.max(0, now - limit);
  };
  for (const other of holders[given] ?? []) step(other, -1, holders[got]?.has(other) ?? false);
  for (const other of holders[got] ?? []) step(other, 1, holders[given]?.has(other) ?? false);
  return added;
}

function countCommons({ dealt, traits }: Pick<Table, 'dealt' | 'traits'>): Commons {
  const forms = dealt.papers;
  const sizes = traits.items.map(() => 1);
  for (const { group, size } of traits.columns)
    for (const card of size > 1 ? (traits.pools[group] ?? []) : []) sizes[card] = size;
  const commons = {
    forms,
    counts: new Int16Array(forms * forms),
    sizes,
    holders: traits.items.map(() => new Set<number>()),
  };
  for (let form = 0; form < forms; form++)
    for (let column = 0; column < dealt.width; column++) count(commons, form, cardOf(dealt, form, column), 1);
  return commons;
}

/** Notes that a form has a card, or has it no more. */
function count({ forms, counts, sizes, holders }: Commons, form: number, item: number, sign: 1 | -1): void {
  const mine = holders[item];
  if (!mine) return;
  const by = sign * (sizes[item] ?? 1);
  if (by < 0) mine.delete(form);
  for (const other of mine) {
    counts[form * forms + other] = (counts[form * forms + other] ?? 0) + by;
    counts[other * forms + form] = (counts[other * forms + form] ?? 0) + by;
  }
  if (by > 0) mine.add(form);
}

function commonOf({ forms, counts }: Commons, one: number, other: number): number {
  return counts[one * forms + other] ?? 0;
}

function pairsAbove(commons: Commons, limitOf: LimitOf): [number, number][] {
  const pairs: [number, number][] = [];
  for (let one = 0; one < commons.forms; one++)
    for (let other = one + 1; other < commons.forms; other++)
      if (commonOf(commons, one, other) > limitOf(one, other)) pairs.push([one, other]);
  return pairs;
}
