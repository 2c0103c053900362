import { below, shuffle, take, type Rng } from './rng.ts';
import type { Traits } from './traits.ts';

/** Papers as rows of item numbers, a column for each question; and the cards of each group that nobody got. */
export interface Dealt {
  papers: number;
  width: number;
  /** Row by row. */
  cards: Int32Array;
  stock: number[][];
}

/**
 * Deals every group's items like cards, deck after deck, so that each is used as often as any other, give or take
 * one, and nobody gets an item twice. What is left of the last deck is the stock.
 */
export function dealDecks({ columns, pools }: Traits, papers: number, rng: Rng): Dealt {
  const width = columns.length;
  const cards = new Int32Array(papers * width);
  let first = 0;
  const stock = pools.map((pool, group) => {
    const count = columns.filter((column) => column.group === group).length;
    let deck: number[] = [];
    for (let paper = 0; paper < papers; paper++) {
      const hand = deck.splice(0, count);
      if (hand.length < count) {
        const more = take(
          rng,
          pool.filter((item) => !hand.includes(item)),
          count - hand.length,
        );
        deck = shuffle(
          rng,
          pool.filter((item) => !more.includes(item)),
        );
        hand.push(...more);
      }
      cards.set(hand, paper * width + first);
    }
    first += count;
    return deck;
  });
  return { papers, width, cards, stock };
}

/** A card of one paper that may change places with a card of the same column elsewhere. */
interface Proposal {
  column: number;
  /** The other paper; the number of papers stands for the stock. */
  other: number;
  /** Index into the stock of the group. */
  at: number;
}

/** Null where the stock is asked and has nothing. */
export function propose(rng: Rng, dealt: Dealt, { columns }: Traits): Proposal | null {
  const column = below(rng, dealt.width);
  const other = below(rng, dealt.papers + 1);
  if (other < dealt.papers) return { column, other, at: 0 };
  const stock = dealt.stock[columns[column]?.group ?? 0] ?? [];
  return stock.length === 0 ? null : { column, other, at: below(rng, stock.length) };
}
