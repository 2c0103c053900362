/** How questions are dealt to all papers of an exam: bank/assembly/README.md §9, written from that text alone. */
import type { Chosen, Drawer } from './verify-papers-draw.ts';
import type { Item } from './verify-papers-file.ts';
import type { Generator } from './verify-papers-generator.ts';
import { facilityOf, type Group } from './verify-papers-groups.ts';
import { cardsOf } from './verify-papers-passages.ts';

const TRIES = 32;
const PASSES = 16;
const DOUBLINGS = 20;

interface Tally {
  score: bigint;
  seconds: bigint;
  clashes: number;
}

interface Limits {
  score: bigint;
  scoreBand: bigint;
  seconds: bigint;
  secondsBand: bigint;
  weight: bigint;
}

/** Lowest and highest value that the targets allow a paper, in 1/100,000 of a point and in seconds. */
export interface Ends {
  score?: [bigint, bigint];
  seconds?: [bigint, bigint];
}

/** What papers are held to: the mean of the bank, or what is aimed at for the sake of targets. */
export interface Held {
  limits: Limits;
  ends: Ends;
  isTimed: boolean;
}

/** The questions of every paper, in the order of the attempts. */
export function deal(drawer: Drawer, papers: number, held: Held): Chosen[][] {
  const groups = drawer.decks();
  const places = groups.flatMap((group) =>
    group.cells.flatMap(({ cell, part }) =>
      Array.from({ length: cardsOf(cell) }, () => ({ group, cell, part })),
    ),
  );
  const { hands, left } = decks(groups, papers, drawer.dealing('decks'));
  const rows = hands.map((row) => row.map((item, at) => chosenAt(places[at], item)));
  settle(rows, left, held, places, drawer.dealing('exchange'));
  return rows.map((row) =>
    row.flatMap((one, at) => {
      const questions = places[at]?.group.questions.get(one.item) ?? [];
      return questions.map((item) => ({ ...one, item }));
    }),
  );
}

function chosenAt(place: Omit<Chosen, 'item'> | undefined, item: Item): Chosen {
  if (!place) throw new Error('a paper has more questions than its blueprint');
  return { item, cell: place.cell, part: place.part };
}

/** Hands of every paper, group after group, and what is left of each group's last deck. */
function decks(
  groups: readonly Group[],
  papers: number,
  numbers: Generator,
): { hands: Item[][]; left: Map<Group, Item[]> } {
  const hands: Item[][] = Array.from({ length: papers }, () => []);
  const left = new Map<Group, Item[]>();
  for (const group of groups) {
    const wanted = group.cells.reduce((sum, { cell }) => sum + cardsOf(cell), 0);
    let deck: Item[] = [];
    for (const hand of hands) {
      const got = deck.slice(0, wanted);
      deck = deck.slice(wanted);
      const missing = wanted - got.length;
      if (missing > 0) {
        const first = numbers.take(without(group.possible, got), missing);
        const rest = without(group.possible, first);
        deck = numbers.take(rest, rest.length);
        got.push(...first);
      }
      hand.push(...got);
    }
    left.set(group, deck);
  }
  return { hands, left };
}

function without(items: readonly Item[], taken: readonly Item[]): Item[] {
  const gone = new Set(taken);
  return items.filter((item) => !gone.has(item));
}

/** Exchanges cards until every paper is inside the limits. */
function settle(
  rows: Chosen[][],
  left: Map<Group, Item[]>,
  held: Held,
  places: readonly { group: Group }[],
  numbers: Generator,
): void {
  const { isTimed, limits } = held;
  const tallies = rows.map((row) => tally(row, isTimed));
  const isBad = (paper: number): boolean => {
    const one = tallies[paper];
    return one !== undefined && (one.clashes > 0 || distance(one, held) > 0n);
  };
  for (let pass = 1; ; pass++) {
    const bad = [...rows.keys()].filter(isBad);
    if (bad.length === 0) return;
    if (pass > PASSES * (DOUBLINGS + 1)) break;
    if (pass > 1 && pass % PASSES === 1) {
      limits.scoreBand *= 2n;
      limits.secondsBand *= 2n;
    }
    for (const paper of bad) for (let n = 0; n < TRIES && isBad(paper); n++) tryOne(paper);
  }
  if (tallies.some(({ clashes }) => clashes > 0)) throw new Error('enemies cannot be kept apart');

  function tryOne(paper: number): void {
    const at = numbers.below(places.length);
    const partner = numbers.below(rows.length + 1);
    const stock = left.get(places[at]?.group as Group) ?? [];
    if (partner === rows.length) {
      if (stock.length > 0) swapWithStock(paper, at, stock, numbers.below(stock.length));
    } else if (partner !== paper) swap(paper, partner, at);
  }

  function swap(paper: number, partner: number, at: number): void {
    const [mine, theirs] = [rows[paper] ?? [], rows[partner] ?? []];
    const [given, got] = [itemAt(mine, at), itemAt(theirs, at)];
    if (given === got || has(mine, got) || has(theirs, given)) return;
    const then = [replaced(mine, at, got), replaced(theirs, at, given)] as const;
    const thenTallies = then.map((row) => tally(row, isTimed));
    const now = [tallies[paper], tallies[partner]].flatMap((one) => one ?? []);
    if (!isBetter(thenTallies, now, held)) return;
    [rows[paper], rows[partner]] = then;
    tallies.splice(paper, 1, ...thenTallies.slice(0, 1));
    tallies.splice(partner, 1, ...thenTallies.slice(1));
  }

  function swapWithStock(paper: number, at: number, stock: Item[], card: number): void {
    const mine = rows[paper] ?? [];
    const given = itemAt(mine, at);
    const got = stock[card];
    if (!got || stock.includes(given) || has(mine, got)) return;
    const then = replaced(mine, at, got);
    const thenTallies = [tally(then, isTimed)];
    if (!isBetter(thenTallies, tallies.slice(paper, paper + 1), held)) return;
    rows[paper] = then;
    tallies.splice(paper, 1, ...thenTallies);
    stock[card] = given;
  }
}

function itemAt(row: readonly Chosen[], at: number): Item {
  const chosen = row[at];
  if (!chosen) throw new Error('a paper has fewer questions than its blueprint');
  return chosen.item;
}

function has(row: readonly Chosen[], item: Item): boolean {
  return row.some((chosen) => chosen.item === item);
}

function replaced(row: readonly Chosen[], at: number, item: Item): Chosen[] {
  return row.map((chosen, index) => (index === at ? { ...chosen, item } : chosen));
}

function isBetter(then: readonly Tally[], now: readonly Tally[], held: Held): boolean {
  const clashes = (list: readonly Tally[]): number => list.reduce((sum, one) => sum + one.clashes, 0);
  const far = (list: readonly Tally[]): bigint => list.reduce((sum, one) => sum + distance(one, held), 0n);
  if (clashes(then) !== clashes(now)) return clashes(then) < clashes(now);
  return far(then) < far(now);
}

function distance({ score, seconds }: Tally, { limits, ends }: Held): bigint {
  return (
    outsideOf(score - limits.score, limits.scoreBand, limits.score, ends.score) +
    limits.weight * outsideOf(seconds - limits.seconds, limits.secondsBand, limits.seconds, ends.seconds)
  );
}

/** From 1 − band to band is inside. */
export function beyond(off: bigint, band: bigint): bigint {
  if (off > band) return off - band;
  return off < 1n - band ? 1n - band - off : 0n;
}

/** How far a value is outside the band around what is aimed at, or outside the target, whichever is more. */
export function outsideOf(
  off: bigint,
  band: bigint,
  aimed: bigint,
  ends: [bigint, bigint] | undefined,
): bigint {
  const far = beyond(off, band);
  if (!ends) return far;
  const [low, high] = [ends[0] - aimed, ends[1] - aimed];
  const apart = off < low ? low - off : off > high ? off - high : 0n;
  return apart > far ? apart : far;
}

export function tally(row: readonly Chosen[], isTimed: boolean): Tally {
  const sets = row.map(({ item }) => item.enemies ?? []);
  let clashes = 0;
  if (sets.some((names) => names.length > 0))
    sets.forEach((names, a) =>
      sets.slice(a + 1).forEach((others) => {
        if (names.some((name) => others.includes(name))) clashes++;
      }),
    );
  let [score, seconds] = [0, 0];
  for (const { item, cell } of row) {
    score += cell.points * facilityOf(item);
    if (isTimed) seconds += item.seconds ?? 0;
  }
  return { score: BigInt(score), seconds: BigInt(seconds), clashes };
}

export function limitsOf(groups: readonly Group[], isTimed: boolean): Limits {
  let [score, seconds, common, points] = [0n, 0n, 1n, 0n];
  for (const { possible } of groups) common *= BigInt(possible.length);
  for (const { possible, cells } of groups) {
    const share = common / BigInt(possible.length);
    const facilities = BigInt(possible.reduce((sum, item) => sum + facilityOf(item), 0));
    const times = BigInt(possible.reduce((sum, item) => sum + (isTimed ? (item.seconds ?? 0) : 0), 0));
    for (const { cell } of cells) {
      score += share * BigInt(cardsOf(cell)) * BigInt(cell.points) * facilities;
      seconds += share * BigInt(cardsOf(cell)) * times;
      points += BigInt(cell.count) * BigInt(cell.points);
    }
  }
  const mean = seconds / common;
  const [scoreBand, secondsBand] = [5n * points, atLeastOne((5n * mean) / 100n)];
  return {
    score: score / common,
    scoreBand,
    seconds: mean,
    secondsBand,
    weight: atLeastOne(scoreBand / secondsBand),
  };
}

export function atLeastOne(value: bigint): bigint {
  return value > 0n ? value : 1n;
}
